using System.CommandLine;
using System.Globalization;
using Cnn;
using Cnn.Training;
using LeNetSample.Data;
using LeNetSample.Display;
using LeNetSample.Training;
using Samples;
using Spectre.Console;

namespace LeNetSample.Commands;

/// <summary>Trains, saves after each epoch, and shows what the saved network can do.</summary>
internal static class TrainCommand
{
    public static Command Create(SampleOptions options, Terminal terminal)
    {
        Command command = new("train", "Train the network, save it and test it (default).")
        {
            options.Data, options.Epochs, options.Batch, options.LearningRate, options.Seed, options.Threads, options.Weights, options.BatchNorm,
            options.Small, options.Augment, options.Flip, options.WeightDecay, options.Checkpoints, options.Plot,
        };
        command.SetAction(parsed =>
        {
            TrainingPlan plan = new(
                parsed.GetValue(options.Epochs),
                parsed.GetValue(options.Batch),
                parsed.GetValue(options.LearningRate),
                parsed.GetValue(options.Seed),
                parsed.GetValue(options.Threads))
            {
                Augment = parsed.GetValue(options.Augment),
                Flip = parsed.GetValue(options.Flip),
                WeightDecay = parsed.GetValue(options.WeightDecay),
                Checkpoints = parsed.GetValue(options.Checkpoints),
                Plots = parsed.GetValue(options.Plot),
            };
            return Run(new DigitSource(parsed.GetValue(options.Data)!), plan, options.KindOf(parsed), parsed.GetValue(options.Weights)!, terminal);
        });
        return command;
    }

    private static int Run(DigitSource source, TrainingPlan plan, NetworkKind kind, string weights, Terminal terminal)
    {
        if (kind == NetworkKind.BatchNorm && plan.BatchSize < 2)
            throw new UsageException("--batch-norm needs batches of at least 2 images, because one image has no statistics; --batch is 1.");
        WeightsTarget.Check(weights);
        PlotOutput? plots = plan.Plots is null ? null : new PlotOutput(plan.Plots);
        using Interruption interruption = new();
        INetwork network = SavedNetwork.Create(kind, plan.Seed);
        terminal.Output.WriteLine(
            $"{network.Summary.Name}, {network.Summary.Parameters.ToString("N0", CultureInfo.InvariantCulture)} parameters; {Kernels.Describe()}, {Threads(plan.Threads)}");
        DigitData data = Datasets.Load(source, terminal, interruption.Token);
        if (plan.BatchSize > data.Train.Count)
            throw new UsageException($"--batch is {plan.BatchSize}, and there {(data.Train.Count == 1 ? "is 1 training image" : $"are {data.Train.Count} training images")}. Use a smaller batch.");

        if (Train(network, data, plan, weights, plots, terminal, interruption.Token) is not { } result)
            return ExitCode.Interrupted;
        network.Save(weights);
        terminal.Output.WriteLine($"Saved to {weights}.");
        terminal.Output.WriteLine();
        Evaluation evaluation = EvaluationReport.Write(SavedNetwork.Load(weights), data, plan.Threads, terminal, interruption.Token);
        foreach (string file in plots?.Save(result, evaluation, network, data.Test, plan.ToOptions()) ?? [])
            terminal.Output.WriteLine($"Drew {file}.");
        terminal.Output.WriteLine();
        terminal.Output.WriteLine($"Next: lenet predict PICTURE --weights {weights}");
        return ExitCode.Success;
    }

    /// <summary>Trains under a display that fits the terminal.</summary>
    /// <returns>Null if it was interrupted; then the user knows what was saved.</returns>
    private static FitResult? Train(
        INetwork network, DigitData data, TrainingPlan plan, string weights, PlotOutput? plots, Terminal terminal, CancellationToken cancellation)
    {
        FitResult? result = null;
        int savedEpoch = 0;
        try
        {
            if (terminal.IsPlain)
                Fit(new PlainProgress(terminal.Output, data.AccuracyLabel));
            else
                LiveProgress.Run(AnsiConsole.Console, data.AccuracyLabel, Fit);
            return result;
        }
        catch (OperationCanceledException)
        {
            string saved = savedEpoch == 0 ? "in the first epoch: nothing was saved" : $"'{weights}' holds the network after epoch {savedEpoch}";
            string again = plan.Checkpoints is null ? "" : " The same command goes on from the checkpoint.";
            terminal.Error.WriteLine($"Interrupted{(savedEpoch == 0 ? " " : ": ")}{saved}.{again}");
            return null;
        }

        void Fit(IProgress<FitProgress> display)
        {
            WeightsKeeper keeper = new(network, weights, plots?.Watch(display) ?? display);
            try
            {
                result = network.Fit(data.Train, data.Test, plan.ToOptions(), keeper, cancellation);
            }
            finally
            {
                savedEpoch = keeper.SavedEpoch;
            }
        }
    }

    private static string Threads(int threads)
    {
        int count = threads == 0 ? Environment.ProcessorCount : threads;
        return count == 1 ? "1 thread" : $"{count} threads";
    }
}
