using Cnn.Data;

namespace Cnn.Training;

/// <summary>Looks for a learning rate to train with.</summary>
public static class LearningRateSearch
{
    /// <summary>The latest loss counts 5 % (as in the implementations of fastai and PyTorch Lightning).</summary>
    private const double Smoothing = 0.95;

    /// <summary>Beyond as many times the smallest loss there is nothing more to be seen.</summary>
    private const double Diverged = 4;

    /// <summary>
    /// Trains for a few steps while the learning rate rises by the same factor from step to step, and puts the parameters back: the network is as it was.
    /// </summary>
    /// <remarks>
    /// <code>
    /// LearningRateSweep sweep = network.FindLearningRate(training, options);
    /// Console.WriteLine(sweep);                                        // a learning rate of 0.012 is suggested
    /// TrainingPlots.SaveLearningRates("rates.png", sweep);             // in Cnn.Plots
    /// </code>
    /// Ends early where the loss has become four times its smallest.
    /// </remarks>
    /// <param name="network">What is to be trained.</param>
    /// <param name="training">What it is to learn from.</param>
    /// <param name="options">Optimiser, loss, batch size, augmentation and so on, as for Fit; schedule, epochs, checkpoints and callbacks are not used.</param>
    /// <param name="from">The first rate, above 0. Default 1e-6.</param>
    /// <param name="to">The last rate, above the first. Default 1.</param>
    /// <param name="steps">At least 10. Default 100.</param>
    /// <param name="cancellation">Stops between two steps; the parameters are put back.</param>
    /// <returns>The loss at each rate.</returns>
    /// <exception cref="ArgumentException">Settings, examples and network do not go together.</exception>
    /// <exception cref="TrainingException">The loss of the first step is no number.</exception>
    public static LearningRateSweep FindLearningRate(
        this INetwork network,
        IExampleSource training,
        FitOptions options,
        double from = 1e-6,
        double to = 1,
        int steps = 100,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 10);
        if (!(from > 0 && to > from && double.IsFinite(to)))
            throw new ArgumentOutOfRangeException(nameof(to), FormattableString.Invariant($"The rates are {from} to {to}: give positive ones that rise."));
        options = options with { EarlyStopping = null };
        options.Check(network, training, validation: null);
        float[][] before = ParameterValues.Read(network);
        float rate = options.Optimizer.LearningRate;
        try
        {
            return new LearningRateSweep(Sweep(network, training, options, from, Math.Pow(to / from, 1.0 / (steps - 1)), steps, cancellation));
        }
        finally
        {
            options.Optimizer.LearningRate = rate;
            ParameterValues.Write(network, before);
        }
    }

    private static List<LearningRatePoint> Sweep(
        INetwork network, IExampleSource training, FitOptions options, double from, double factor, int steps, CancellationToken cancellation)
    {
        using TrainingParts parts = new(network, training, options);
        List<LearningRatePoint> points = [];
        (double mean, double least) = (0, double.PositiveInfinity);
        for (int step = 0; step < steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!parts.Batches.Next())
            {
                parts.Batches.StartEpoch(parts.Batches.Epoch + 1);
                parts.Batches.Next();
            }

            double rate = from * Math.Pow(factor, step);
            options.Optimizer.LearningRate = (float)rate;
            mean = (Smoothing * mean) + ((1 - Smoothing) * parts.Step.Run(parts.Batches.Batch, out _));
            double loss = mean / (1 - Math.Pow(Smoothing, step + 1));
            if (step == 0 && !double.IsFinite(loss))
                throw new TrainingException(FormattableString.Invariant($"The loss is {loss} at the first step, before any update: look at the data."));
            if (!(loss <= Diverged * least))
                break;
            least = Math.Min(least, loss);
            points.Add(new LearningRatePoint(rate, loss));
        }

        return points;
    }
}
