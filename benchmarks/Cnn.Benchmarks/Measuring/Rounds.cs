using System.Diagnostics;
using Cnn.Tool.Measuring;

namespace Cnn.Benchmarks.Measuring;

/// <summary>Runs contestants in turn, so that whatever disturbs the machine disturbs all of them, and keeps the medians.</summary>
internal sealed class Rounds(int count, int threads)
{
    /// <summary>Worker threads of a peer spin for a while after a run; whoever is measured next must not share a core with them.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(15);

    /// <summary>A sample shorter than this would measure the clock.</summary>
    private static readonly TimeSpan ShortestSample = TimeSpan.FromMilliseconds(2);

    /// <summary>Measures.</summary>
    /// <param name="contestants">What to run, each once a round.</param>
    /// <returns>The median seconds of one run of each, and the median peak in multiply-adds a second.</returns>
    public (double[] Seconds, double Peak) Run(params Action[] contestants)
    {
        using PeakMeter peak = new(threads);
        int[] repeats = [.. contestants.Select(WarmUp)];
        double[][] seconds = [.. contestants.Select(_ => new double[count])];
        double[] peaks = new double[count];
        for (int round = 0; round < count; round++)
        {
            Settle();
            peaks[round] = peak.Measure();
            for (int index = 0; index < contestants.Length; index++)
            {
                Settle();
                contestants[index]();
                seconds[index][round] = Sampling.Seconds(contestants[index], repeats[index]);
            }
        }

        return ([.. seconds.Select(Sampling.Median)], Sampling.Median(peaks));
    }

    private void Settle()
    {
        if (threads > 1)
            Thread.Sleep(Rest);
    }

    /// <summary>Runs until the code is compiled for good, and says how many runs make a sample.</summary>
    private static int WarmUp(Action contestant)
    {
        long start = Stopwatch.GetTimestamp();
        int runs = 0;
        while (runs < 3 || (runs < 60 && Stopwatch.GetElapsedTime(start).TotalSeconds < 1))
        {
            contestant();
            runs++;
        }

        // Asleep, so that the compiler's thread gets the processor even where this one has real-time priority.
        Thread.Sleep(300);
        return Sampling.Repeats(contestant, ShortestSample, 3);
    }
}
