using System.CommandLine;
using System.Globalization;
using Cnn;
using LeNetSample.Data;
using LeNetSample.Display;
using LeNetSample.Training;

namespace LeNetSample.Commands;

/// <summary>Trains, saves after each epoch, and shows what the saved network can do.</summary>
internal static class TrainCommand
{
    public static Command Create(SampleOptions options, Terminal terminal)
    {
        Command command = new("train", "Train the network, save it and test it (default).")
        {
            options.Data, options.Epochs, options.Batch, options.LearningRate, options.Seed, options.Threads, options.Weights, options.BatchNorm,
        };
        command.SetAction(parsed =>
        {
            TrainingPlan plan = new(
                parsed.GetValue(options.Epochs),
                parsed.GetValue(options.Batch),
                parsed.GetValue(options.LearningRate),
                parsed.GetValue(options.Seed),
                parsed.GetValue(options.Threads));
            return Run(new DigitSource(parsed.GetValue(options.Data)!), plan, parsed.GetValue(options.BatchNorm), parsed.GetValue(options.Weights)!, terminal);
        });
        return command;
    }

    private static int Run(DigitSource source, TrainingPlan plan, bool batchNorm, string weights, Terminal terminal)
    {
        if (batchNorm && plan.BatchSize < 2)
            throw new UsageException("--batch-norm needs batches of at least 2 images, because one image has no statistics; --batch is 1.");
        WeightsTarget.Check(weights);
        using Interruption interruption = new();
        INetwork network = SavedNetwork.Create(batchNorm, plan.Seed);
        terminal.Output.WriteLine(
            $"{network.Summary.Name}, {network.Summary.Parameters.ToString("N0", CultureInfo.InvariantCulture)} parameters; {Kernels.Describe()}, {ThreadCount(plan.Threads)} threads");
        DigitData data = Datasets.Load(source, terminal, interruption.Token);
        if (plan.BatchSize > data.Train.Count)
            throw new UsageException($"--batch is {plan.BatchSize}, and there are {data.Train.Count} training images. Use a smaller batch.");

        int savedEpochs = 0;
        try
        {
            TrainingDisplays.Run(terminal, data.AccuracyLabel, display => new TrainingLoop(network, data, plan, display).Run(
                keep: () =>
                {
                    network.Save(weights);
                    savedEpochs++;
                },
                interruption.Token));
        }
        catch (OperationCanceledException)
        {
            terminal.Error.WriteLine(savedEpochs == 0
                ? "Interrupted in the first epoch: nothing was saved."
                : $"Interrupted: '{weights}' holds the network after epoch {savedEpochs}.");
            return ExitCode.Interrupted;
        }

        terminal.Output.WriteLine($"Saved to {weights}.");
        terminal.Output.WriteLine();
        EvaluationReport.Write(SavedNetwork.Load(weights), data, plan.Threads, terminal, interruption.Token);
        return ExitCode.Success;
    }

    private static int ThreadCount(int threads) => threads == 0 ? Environment.ProcessorCount : threads;
}
