namespace Cnn.Rooflines.Benchmarks;

/// <summary>Where numbers come from.</summary>
internal enum Level
{
    /// <summary>The second-level cache, or the first.</summary>
    SecondCache,

    /// <summary>The third-level cache.</summary>
    ThirdCache,

    Memory,
}
