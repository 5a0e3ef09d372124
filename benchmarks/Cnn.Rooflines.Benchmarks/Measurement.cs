using Cnn.Benchmarks.Measuring;
using Cnn.CompilerServices;

namespace Cnn.Rooflines.Benchmarks;

/// <summary>A pass that was counted and timed.</summary>
/// <param name="Title">Network and pass.</param>
/// <param name="DirectMultiplyAdds">Those of the direct sums.</param>
/// <param name="Steps">Counted.</param>
/// <param name="Nanoseconds">Median of a pass.</param>
/// <param name="Shares">What part of it each step takes.</param>
internal sealed record Measurement(
    string Title, double DirectMultiplyAdds, IReadOnlyList<StepWork> Steps, double Nanoseconds, IReadOnlyDictionary<string, double> Shares)
{
    /// <summary>Steps of less than this part of the time are not shown.</summary>
    public const double LeastShare = 0.005;

    private const double SecondsOfShares = 0.5;

    public static Measurement Of(string title, double directMultiplyAdds, IReadOnlyList<StepWork> steps, Action pass, int rounds)
    {
        (double[] seconds, _) = new Rounds(rounds, threads: 1).Run(pass);

        // What was added up so far includes runs before the code was compiled for good.
        StepTimes.Take();
        int runs = Math.Max(rounds, (int)(SecondsOfShares / seconds[0]));
        for (int run = 0; run < runs; run++)
            pass();
        IReadOnlyList<(string Step, double Seconds)> times = StepTimes.Take();
        double all = times.Sum(static time => time.Seconds);
        return new Measurement(title, directMultiplyAdds, steps, seconds[0] * 1e9, times.ToDictionary(static time => time.Step, time => time.Seconds / all));
    }

    /// <summary>The sum of the steps' least times, since they run one after the other.</summary>
    public double LimitNanoseconds(Roofs roofs) => Steps.Sum(step => step.LimitNanoseconds(roofs));

    public double Floats(Level level) => Steps.Sum(step => step.Floats.GetValueOrDefault(level));
}
