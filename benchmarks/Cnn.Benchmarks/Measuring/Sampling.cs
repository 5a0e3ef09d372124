using System.Diagnostics;

namespace Cnn.Benchmarks.Measuring;

/// <summary>How long a contestant takes.</summary>
internal static class Sampling
{
    /// <summary>The mean seconds of some runs, one after the other.</summary>
    public static double Seconds(Action contestant, int repeats)
    {
        long start = Stopwatch.GetTimestamp();
        for (int repeat = 0; repeat < repeats; repeat++)
            contestant();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / repeats;
    }

    /// <summary>The runs after which a sample lasts so long, given some for a first look.</summary>
    public static int Repeats(Action contestant, TimeSpan shortest, int first) =>
        Math.Max(1, (int)Math.Ceiling(shortest.TotalSeconds / Seconds(contestant, first)));

    /// <summary>The middle one, of an even number the upper.</summary>
    public static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
