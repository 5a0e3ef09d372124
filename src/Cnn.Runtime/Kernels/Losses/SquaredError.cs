namespace Cnn.CompilerServices;

/// <summary>d² of the difference d, with slope 2d.</summary>
internal readonly struct SquaredError : IElementError
{
    /// <inheritdoc/>
    public static string Name => "MeanSquaredError";

    /// <inheritdoc/>
    public double Evaluate(double output, double target, out double slope)
    {
        double difference = output - target;
        slope = 2 * difference;
        return difference * difference;
    }
}
