namespace Cnn.Generator.Tests.Scaling;

/// <summary>How fast one core is.</summary>
/// <param name="MultiplyAddsPerNanosecond">In convolutions and linear layers.</param>
/// <param name="FloatsPerNanosecond">Read or written.</param>
internal sealed record CoreRates(double MultiplyAddsPerNanosecond, double FloatsPerNanosecond)
{
    /// <summary>One with 512-bit vectors: about 90 % of what its two units could do at 2 GHz, and maps from the second-level cache.</summary>
    public static CoreRates Usual { get; } = new(57, 8);
}
