namespace Cnn.Definitions;

/// <summary>How one axis is resized: every output is a weighted sum of elements of the input.</summary>
/// <param name="Length">Of the input.</param>
/// <param name="Outputs">Of the output.</param>
/// <param name="Scale">Outputs an input, as places are computed with; it need not be the quotient of the lengths.</param>
internal sealed record ResampledAxis(int Length, int Outputs, double Scale)
{
    /// <summary>The mode, the coordinates and the rounding, by the names of their enumerations in the runtime.</summary>
    public required string Mode { get; init; }

    public required string Coordinates { get; init; }

    public required string Rounding { get; init; }

    /// <summary>Whether the outermost elements of input and output lie on each other.</summary>
    public bool AlignCorners { get; init; }

    /// <summary>Of the cubic convolution; -3/4 in PyTorch.</summary>
    public double CubicCoefficient { get; init; }

    /// <summary>Whether outputs are what the inputs are.</summary>
    public bool IsIdentity => Length == Outputs && Enumerable.Range(0, Outputs).All(output => Taps(output) is [{ Weight: 1 } tap] && tap.Index == output);

    /// <summary>How often each element is repeated, where that is all that is done; else 0.</summary>
    public int Repetition
    {
        get
        {
            int factor = Outputs / Length;
            return Outputs % Length == 0 && Enumerable.Range(0, Outputs).All(output => Taps(output) is [{ Weight: 1 } tap] && tap.Index == output / factor)
                ? factor
                : 0;
        }
    }

    /// <summary>The place of an output in the input.</summary>
    public double Coordinate(int output)
    {
        if (AlignCorners)
            return Outputs > 1 ? output * (Length - 1.0) / (Outputs - 1) : 0;
        bool isHalfPixel = Coordinates == "HalfPixel" || (Coordinates == "Standard" && Mode != "Nearest");
        bool isQuotient = Scale == (double)Outputs / Length;
        // Without a scale of its own the quotient is taken last, so that whole numbers come out whole.
        double Divided(double place) => isQuotient ? place * Length / Outputs : place / Scale;
        return isHalfPixel ? Divided(output + 0.5) - 0.5 : Divided(output);
    }

    /// <summary>The elements of an output with their weights, in their order, none twice and none with the weight 0.</summary>
    public IReadOnlyList<(int Index, double Weight)> Taps(int output)
    {
        double place = Coordinate(output);
        return Mode switch
        {
            "Nearest" => [(Clamped(Rounded(place)), 1)],
            "Cubic" => Merged(Cubic(place)),
            _ => Merged(Linear(Math.Min(Math.Max(place, 0), Length - 1))),
        };
    }

    private double Rounded(double place) => Rounding switch
    {
        "HalfDown" => Math.Ceiling(place - 0.5),
        "HalfUp" => Math.Floor(place + 0.5),
        "Ceiling" => Math.Ceiling(place),
        _ => Math.Floor(place),
    };

    private int Clamped(double index) => (int)Math.Min(Math.Max(index, 0), Length - 1);

    private static IEnumerable<(double, double)> Linear(double place)
    {
        double first = Math.Floor(place);
        return [(first, 1 - (place - first)), (first + 1, place - first)];
    }

    /// <summary>W(d) = (a + 2) d³ - (a + 3) d² + 1 up to 1, a d³ - 5 a d² + 8 a d - 4 a up to 2.</summary>
    private IEnumerable<(double, double)> Cubic(double place)
    {
        double first = Math.Floor(place);
        return [.. Enumerable.Range(-1, 4).Select(offset => (first + offset, Weight(Math.Abs(place - first - offset))))];
    }

    private double Weight(double distance)
    {
        double a = CubicCoefficient;
        return distance <= 1
            ? ((((a + 2) * distance) - (a + 3)) * distance * distance) + 1
            : (((((a * distance) - (5 * a)) * distance) + (8 * a)) * distance) - (4 * a);
    }

    private IReadOnlyList<(int Index, double Weight)> Merged(IEnumerable<(double Index, double Weight)> taps) =>
    [
        .. taps.GroupBy(tap => Clamped(tap.Index)).Select(static group => (group.Key, group.Sum(static tap => tap.Weight)))
            .Where(static tap => tap.Item2 != 0),
    ];
}
