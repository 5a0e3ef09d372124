using System.Globalization;

namespace Cnn.Training;

/// <summary>A CSV file with a line for each epoch: losses, learning rate, seconds and metrics.</summary>
/// <remarks>
/// Replaced as a whole after each epoch, with those before an interruption, so that a training that goes on leaves no line out and none twice.
/// </remarks>
/// <param name="path">The file; its folder is made if it is not there.</param>
public sealed class CsvLog(string path) : IFitCallback
{
    private static readonly string[] Columns = ["epoch", "training_loss", "training_accuracy", "validation_loss", "learning_rate", "seconds"];

    /// <summary>Where the file is.</summary>
    public string Path { get; } = NotBlank(path);

    /// <inheritdoc/>
    public void OnStart(FitContext training)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path)) is { } folder)
            Directory.CreateDirectory(folder);
        Write(training.History);
    }

    /// <inheritdoc/>
    public void OnEpochEnd(FitContext training)
    {
        ArgumentNullException.ThrowIfNull(training);
        Write(training.History);
    }

    private static string NotBlank(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return path;
    }

    private void Write(IReadOnlyList<EpochResult> epochs)
    {
        IEnumerable<string> names = epochs.Count == 0 ? [] : epochs[^1].Metrics.Keys.Select(Quoted);
        string[] lines = [string.Join(',', [.. Columns, .. names]), .. epochs.Select(Line)];
        string written = Path + ".tmp";
        File.WriteAllLines(written, lines);
        File.Move(written, Path, overwrite: true);
    }

    private static string Line(EpochResult epoch)
    {
        double[] numbers =
        [
            epoch.Epoch, epoch.TrainingLoss, epoch.TrainingAccuracy, epoch.ValidationLoss, epoch.LearningRate, epoch.Seconds, .. epoch.Metrics.Values,
        ];
        return string.Join(',', numbers.Select(Text));
    }

    /// <summary>What was not measured is left empty, as tables of numbers are read.</summary>
    private static string Text(double value) => double.IsNaN(value) ? string.Empty : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Quoted(string name) =>
        name.AsSpan().ContainsAny(",\"\n") ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : name;
}
