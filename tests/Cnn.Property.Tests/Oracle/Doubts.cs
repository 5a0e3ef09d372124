namespace Cnn.Property.Tests.Oracle;

/// <summary>
/// How much the rounding of single precision could matter to a result: where a value lies next to a kink, a maximum next to another, or where a norm divides by
/// next to nothing, no answer in float is wrong. Data that leave such doubts prove nothing, and others are drawn.
/// </summary>
internal sealed class Doubts
{
    /// <summary>Some twenty roundings of single precision.</summary>
    private const double LeastDistance = 3e-6;

    private const double MostAmplification = 30;

    private double _distance = double.PositiveInfinity;
    private double _amplification;

    public bool Any => _distance < LeastDistance || _amplification > MostAmplification;

    /// <summary>A branch was taken. Where the two sides are exactly equal, they are in every precision.</summary>
    /// <param name="distance">From the point where the other one would have been.</param>
    /// <param name="magnitude">Of the numbers that were added up to get here.</param>
    public void Decided(double distance, double magnitude)
    {
        if (distance != 0)
            _distance = Math.Min(_distance, Math.Abs(distance) / Math.Max(magnitude, 1e-30));
    }

    /// <summary>A value was divided by a deviation.</summary>
    /// <param name="factor">By how much relative errors grow.</param>
    public void Amplified(double factor) => _amplification = Math.Max(_amplification, factor);
}
