namespace Cnn.CompilerServices;

/// <summary>|d| of the difference d, with slope sign(d), 0 at 0 as in PyTorch.</summary>
internal readonly struct AbsoluteError : IElementError
{
    /// <inheritdoc/>
    public static string Name => "MeanAbsoluteError";

    /// <inheritdoc/>
    public double Evaluate(double output, double target, out double slope)
    {
        double difference = output - target;

        // Not Math.Sign, which throws on a NaN; the difference itself is the only slope left, 0 or NaN.
        slope = difference > 0 ? 1 : difference < 0 ? -1 : difference;
        return Math.Abs(difference);
    }
}
