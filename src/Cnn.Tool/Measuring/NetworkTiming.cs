using System.Diagnostics;
using Cnn.CompilerServices;

namespace Cnn.Tool.Measuring;

/// <summary>How long a prediction takes, in all and step by step.</summary>
/// <param name="Seconds">Of one call, the median of the rounds.</param>
/// <param name="Peak">Multiply-adds a second that the threads can do, measured in the same rounds; the median.</param>
/// <param name="Steps">Of the first worker, in one call, the longest first.</param>
internal sealed record NetworkTiming(double Seconds, double Peak, IReadOnlyList<(string Step, double Seconds)> Steps)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <summary>A sample shorter than this would measure the clock.</summary>
    private static readonly TimeSpan ShortestSample = TimeSpan.FromMilliseconds(2);

    /// <summary>Measures a network that was compiled with <c>CnnStepTimes</c>, on random inputs.</summary>
    /// <param name="network">What to run.</param>
    /// <param name="batch">Images a call.</param>
    /// <param name="threads">Of the predictor and of the peak.</param>
    /// <param name="rounds">At least 1.</param>
    public static NetworkTiming Of(INetwork network, int batch, int threads, int rounds)
    {
        float[] inputs = new float[batch * network.InputLength], outputs = new float[batch * network.OutputLength];
        Random random = new(1);
        foreach (ref float input in inputs.AsSpan())
            input = random.NextSingle();
        using IPredictor predictor = network.CreatePredictor(new PredictorOptions { BatchSize = batch, Threads = threads });
        using PeakMeter peak = new(threads);
        double once = Settle(() => predictor.Predict(inputs, outputs));
        int repeats = Math.Max(1, (int)Math.Ceiling(ShortestSample.TotalSeconds / once));
        double[] seconds = new double[rounds], peaks = new double[rounds];
        StepTimes.Take();
        for (int round = 0; round < rounds; round++)
        {
            peaks[round] = peak.Measure();
            seconds[round] = Sample(() => predictor.Predict(inputs, outputs), repeats);
        }

        double calls = (double)rounds * repeats;
        return new NetworkTiming(Median(seconds), Median(peaks), [.. StepTimes.Take().Select(step => (step.Step, step.Seconds / calls))]);
    }

    /// <summary>Runs until the code is compiled for good.</summary>
    /// <returns>The seconds of a call.</returns>
    private static double Settle(Action call)
    {
        long start = Stopwatch.GetTimestamp();
        for (int calls = 0; calls < 3 || (calls < 60 && Stopwatch.GetElapsedTime(start) < WarmUp); calls++)
            call();
        return Sample(call, 3);
    }

    private static double Sample(Action call, int repeats)
    {
        long start = Stopwatch.GetTimestamp();
        for (int repeat = 0; repeat < repeats; repeat++)
            call();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / repeats;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
