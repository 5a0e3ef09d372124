namespace Cnn.Property.Tests.Oracle;

/// <summary>A parameter or running statistic of the oracle, in PyTorch's layout.</summary>
/// <param name="name">As files have it, without the layer.</param>
/// <param name="shape">The axes.</param>
internal sealed class OracleParameter(string name, params int[] shape)
{
    public string Name { get; set; } = name;

    public IReadOnlyList<int> Shape => shape;

    public bool IsTrainable { get; set; } = true;

    /// <summary>The range that tests draw its values from: neither what a layer starts with, nor so wide that activations grow from layer to layer.</summary>
    public (double Low, double High) Range { get; init; } = (-0.5, 0.5);

    public double[] Values { get; } = new double[shape.Aggregate(1, (product, length) => product * length)];

    public double[] Gradients { get; } = new double[shape.Aggregate(1, (product, length) => product * length)];

    /// <summary>A weight that is multiplied with so many inputs.</summary>
    public static OracleParameter Weight(int fanIn, params int[] shape)
    {
        double bound = Math.Sqrt(3.0 / fanIn);
        return new OracleParameter("weight", shape) { Range = (-bound, bound) };
    }

    public static OracleParameter Bias(params int[] shape) => new("bias", shape);

    /// <summary>A norm's weight: around 1.</summary>
    public static OracleParameter Scale(params int[] shape) => new("weight", shape) { Range = (0.5, 1.5) };
}
