namespace Cnn.Generator.Tests.Harness;

/// <summary>
/// Whether a test has the time for all of its cases: <c>.ci/long</c> sets <c>CNN_LONG</c>, and <c>.ci/run</c> has fifteen minutes for everything.
/// </summary>
internal static class LongRun
{
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("CNN_LONG") == "1";

    /// <summary>All cases, or those of a shorter run.</summary>
    public static T Of<T>(T all, T some) => IsOn ? all : some;
}
