using System.Diagnostics;
using Cnn;
using Cnn.Data;
using LeNetSample.Data;

namespace LeNetSample.Training;

/// <summary>Trains a network, tests it after each epoch, and tells a display how it goes.</summary>
internal sealed class TrainingLoop(INetwork network, DigitData data, TrainingPlan plan, ITrainingDisplay display)
{
    // As often as an eye follows; more would cost time.
    private static readonly TimeSpan ShowEvery = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch _time = new();
    private double _recentLoss;

    /// <summary>Runs all epochs.</summary>
    /// <param name="keep">Called after each epoch, to save the network.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <exception cref="TrainingException">The loss is no longer a number.</exception>
    public void Run(Action keep, CancellationToken cancellation)
    {
        // A last batch of a few images would make a step as large as a full one's out of little evidence; the next epoch's order has them elsewhere.
        MiniBatches batches = new(data.Train, plan.BatchSize, plan.Seed, dropLast: true);
        Sgd optimizer = new(plan.LearningRate) { Momentum = TrainingPlan.Momentum };
        using ITrainer trainer = network.CreateTrainer(
            optimizer, Loss.CrossEntropy(), new TrainerOptions { BatchSize = plan.BatchSize, Threads = plan.Threads, Seed = plan.Seed });
        _time.Start();
        for (int epoch = 0; epoch < plan.Epochs; epoch++)
        {
            TimeSpan began = _time.Elapsed;
            double loss = RunEpoch(epoch, batches, optimizer, trainer, cancellation);
            double rate = batches.BatchCount / (_time.Elapsed - began).TotalSeconds;
            keep();
            Evaluation evaluation = Evaluation.Of(network, data.Test, plan.Threads, cancellation);
            display.Show(new EpochResult(epoch + 1, plan.Epochs, loss, evaluation.Accuracy, rate, _time.Elapsed));
        }
    }

    private double RunEpoch(int epoch, MiniBatches batches, Optimizer optimizer, ITrainer trainer, CancellationToken cancellation)
    {
        long done = (long)epoch * batches.BatchCount;
        long all = (long)plan.Epochs * batches.BatchCount;
        TimeSpan began = _time.Elapsed;
        TimeSpan shown = began;
        double sum = 0;
        int step = 0;
        batches.StartEpoch(epoch);
        while (batches.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            optimizer.LearningRate = plan.LearningRateAt(done + step, all);
            float loss = trainer.Step(batches.Inputs, batches.Labels);
            if (!float.IsFinite(loss))
                throw new TrainingException($"The loss is {loss} in epoch {epoch + 1}, step {step + 1}: training diverged. Use a lower --lr than {plan.LearningRate}.");
            step++;
            sum += loss;
            _recentLoss = done + step == 1 ? loss : 0.98 * _recentLoss + 0.02 * loss;
            TimeSpan now = _time.Elapsed;
            if (now - shown < ShowEvery && step < batches.BatchCount)
                continue;
            shown = now;
            double rate = step / (now - began).TotalSeconds;
            display.Show(new TrainingProgress(
                epoch + 1, plan.Epochs, step, batches.BatchCount, (float)_recentLoss, rate, TimeSpan.FromSeconds((all - done - step) / rate)));
        }

        return sum / step;
    }
}
