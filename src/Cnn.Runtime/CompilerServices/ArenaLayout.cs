namespace Cnn.CompilerServices;

/// <summary>Rounding of regions within an arena.</summary>
internal static class ArenaLayout
{
    /// <summary>Rounds up to 128 bytes, so that two workers never write into neighbouring cache lines, which the hardware fetches in pairs.</summary>
    public static int RoundUp(int floats) => (floats + 31) / 32 * 32;
}
