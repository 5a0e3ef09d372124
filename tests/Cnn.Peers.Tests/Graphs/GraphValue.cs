namespace Cnn.Peers.Tests.Graphs;

/// <summary>A tensor of a graph as ONNX Runtime computed it, batch first.</summary>
/// <param name="Name">In the graph.</param>
/// <param name="Shape">Of all images.</param>
/// <param name="Numbers">The elements.</param>
/// <param name="Disturbed">The elements where everything before was off by what single precision rounds; the distance says how exact an answer can be.</param>
internal sealed record GraphValue(string Name, long[] Shape, float[] Numbers, float[] Disturbed)
{
    private const double Roundings = 4;

    private const double LeastRelative = 1e-5;

    /// <summary>Draws of rounding differ; this many times the one that was drawn is not exceeded.</summary>
    private const double MostOfDrift = 16;

    public int Rank => Shape.Length;

    public double Largest => Numbers.Max(number => Math.Abs((double)number));

    /// <summary>How far another computation of the same numbers may be from these.</summary>
    public double Tolerance => (LeastRelative * Math.Max(Largest, 1e-3)) + (MostOfDrift * Drift);

    private double Drift => Numbers.Zip(Disturbed).Max(pair => Math.Abs((double)pair.First - pair.Second));

    /// <summary>Whether it can be compared: finite, of a usual size, not all the same, and known to at least three digits.</summary>
    public bool IsComparable => Numbers.All(float.IsFinite) && Disturbed.All(float.IsFinite) && Largest is > 1e-3 and < 1e4 && Tolerance < 1e-3 * Largest;

    public bool IsConstant => Numbers.AsSpan().IndexOfAnyExcept(Numbers[0]) < 0;

    /// <summary>With the next rounding error of the disturbed elements.</summary>
    public GraphValue Rounded(Random random)
    {
        double step = Roundings * Math.Pow(2, -24) * Largest;
        return this with { Disturbed = [.. Disturbed.Select(number => (float)(number + (step * ((2 * random.NextDouble()) - 1))))] };
    }
}
