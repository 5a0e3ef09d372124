using System.Globalization;
using Cnn;
using Cnn.Data;
using Cnn.Training;
using Cnn.Zoo;
using Samples;
using Spectre.Console;

namespace ResNet20Sample;

/// <summary>Trains, saves, and tells which classes are found.</summary>
internal static class CifarTraining
{
    private const string AccuracyLabel = "on CIFAR-10";

    /// <summary>Runs the whole training.</summary>
    /// <param name="plan">How.</param>
    /// <param name="folder">Holds CIFAR-10's files.</param>
    /// <param name="weights">The file that receives the network; its folder must exist, which is looked at before the training and not after it.</param>
    /// <param name="cancellation">Stops between two updates.</param>
    public static void Run(TrainingPlan plan, string folder, string weights, CancellationToken cancellation)
    {
        string target = Path.GetDirectoryName(Path.GetFullPath(weights)) ?? throw new ArgumentException($"--out is '{weights}', which is no file. Name a file.");
        if (!Directory.Exists(target))
            throw new ArgumentException($"--out is '{weights}', and there is no folder '{target}'. Make it first.");
        if (File.Exists(weights) && new FileInfo(weights).IsReadOnly)
            throw new ArgumentException($"--out is '{weights}', which is read-only. Make it writable, or name another file.");
        PlotOutput? plots = plan.Plots is null ? null : new PlotOutput(plan.Plots);
        ResNet20 network = new(plan.Seed);
        ImageDataset training = Cifar.Load10(folder, DatasetPart.Train);
        ImageDataset test = Cifar.Load10(folder, DatasetPart.Test);
        if (plan.BatchSize > training.Count)
            throw new ArgumentException($"--batch is {plan.BatchSize}, and there {(training.Count == 1 ? "is 1 training image" : $"are {training.Count} training images")}. Use a smaller batch.");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"ResNet-20, {ResNet20.Summary.Parameters:N0} parameters; {training.Count:N0} training and {test.Count:N0} test images"));
        FitOptions options = plan.ToOptions(training);
        FitResult? result = null;
        if (Console.IsOutputRedirected)
            Fit(new PlainProgress(Console.Out, AccuracyLabel));
        else
            LiveProgress.Run(AnsiConsole.Console, AccuracyLabel, Fit);
        network.Save(weights);
        Console.WriteLine($"Saved to {weights}.");
        Evaluation evaluation = Evaluation.Of(network, test, new EvaluationOptions { Threads = plan.Threads, Normalization = options.Normalization }, cancellation);
        Report(evaluation);
        foreach (string file in plots?.Save(result!, evaluation, network, test, options, Cifar.Classes10) ?? [])
            Console.WriteLine($"Drew {file}.");

        void Fit(IProgress<FitProgress> display) => result = network.Fit(training, test, options, plots?.Watch(display) ?? display, cancellation);
    }

    private static void Report(Evaluation evaluation)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Test accuracy: {evaluation.Accuracy * 100:0.00} % ({evaluation.Confusion.Correct:N0} of {evaluation.Count:N0}); among the first three: {evaluation.TopAccuracy(3) * 100:0.00} %"));
        for (int index = 0; index < Cifar.Classes10.Count; index++)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Cifar.Classes10[index],-10}  recall {evaluation.Confusion.Recall(index) * 100,5:0.0} %  precision {evaluation.Confusion.Precision(index) * 100,5:0.0} %"));
        }
    }
}
