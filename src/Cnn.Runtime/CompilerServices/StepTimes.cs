using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Cnn.CompilerServices;

/// <summary>Adds up how long each step of the networks takes, where the project sets <c>CnnStepTimes</c>: for finding out where the time goes.</summary>
/// <remarks>Only the first worker's steps are timed, and only one network may run at a time. Each step costs about 50 ns more.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StepTimes
{
    private static readonly Dictionary<string, long> Ticks = new(StringComparer.Ordinal);

    /// <summary>The clock, in ticks of <see cref="Stopwatch"/>.</summary>
    public static long Now => Stopwatch.GetTimestamp();

    /// <summary>Adds the time since the clock was last read.</summary>
    /// <param name="worker">Who did the step.</param>
    /// <param name="step">Its name.</param>
    /// <param name="clock">When the step before it ended; receives the end of this one.</param>
    public static void Add(in Worker worker, string step, ref long clock)
    {
        if (worker.Index != 0)
            return;
        long now = Now;
        CollectionsMarshal.GetValueRefOrAddDefault(Ticks, step, out _) += now - clock;
        clock = now;
    }

    /// <summary>What was added up since this was last called, the longest first.</summary>
    /// <returns>Steps and their seconds.</returns>
    public static IReadOnlyList<(string Step, double Seconds)> Take()
    {
        List<(string Step, double Seconds)> steps = [.. Ticks.Select(static pair => (pair.Key, (double)pair.Value / Stopwatch.Frequency))
            .OrderByDescending(static pair => pair.Item2)];
        Ticks.Clear();
        return steps;
    }
}
