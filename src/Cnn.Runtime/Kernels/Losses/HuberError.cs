namespace Cnn.CompilerServices;

/// <summary>½d² of the difference d up to |d| = δ, and δ(|d| - ½δ) beyond; the slope is d, cut at ±δ.</summary>
/// <param name="delta">δ, positive.</param>
internal readonly struct HuberError(float delta) : IElementError
{
    /// <inheritdoc/>
    public static string Name => "Huber";

    /// <inheritdoc/>
    public double Evaluate(double output, double target, out double slope)
    {
        double difference = output - target;
        slope = Math.Clamp(difference, -delta, delta);
        double distance = Math.Abs(difference);
        return distance > delta ? delta * (distance - (0.5 * delta)) : 0.5 * difference * difference;
    }
}
