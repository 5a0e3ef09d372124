using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Cnn.Data;
using Cnn.Training;

namespace Cnn.Plots;

/// <summary>
/// One HTML file about a training, which needs no other file: curves, confusion matrix, the mistakes with their pictures, kernels, activations, the layers, the
/// settings and the versions.
/// </summary>
/// <param name="result">What <c>Fit</c> returned.</param>
/// <param name="evaluation">Of the network on images that it has not learned from.</param>
/// <param name="network">What was trained.</param>
public sealed class TrainingReport(FitResult result, Evaluation evaluation, INetwork network)
{
    private const int MostMistakes = 24;
    private const int MostConfusions = 8;

    /// <summary>The heading. Default: the network's class.</summary>
    public string? Title { get; init; }

    /// <summary>The images of the evaluation, in its order, of which mistakes and activations are shown. Default: none are.</summary>
    public ImageDataset? Images { get; init; }

    /// <summary>What the training was given. Default: settings are left out.</summary>
    public FitOptions? Options { get; init; }

    /// <summary>Names in the order of the classes. Default: their numbers.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>What a <see cref="LossRecorder"/> kept. Default: the curve of the loss has a point an epoch.</summary>
    public IReadOnlyList<LossPoint>? Losses { get; init; }

    /// <summary>Writes the file.</summary>
    /// <param name="path">The file, which is replaced.</param>
    /// <exception cref="ArgumentException">
    /// The images are not those of the evaluation, there is no epoch, or another number of names than of classes.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentNullException.ThrowIfNull(network);
        if (Images is not null && Images.Count != evaluation.Count)
        {
            throw new ArgumentException($"There are {CountFormat.Of(Images.Count, "image")}, and {evaluation.Count} were evaluated; "
                + "needed are those of the evaluation.", nameof(path));
        }

        HtmlPage page = new(Title ?? network.Summary.Name);
        page.Text(result.ToString());
        page.Text(evaluation.ToString());
        AddCurves(page);
        AddConfusion(page);
        AddMistakes(page);
        AddInside(page);
        page.Heading("Layers");
        page.Code(network.Summary.ToString());
        if (Options is not null)
        {
            page.Heading("Settings");
            page.Code(Options.ToString());
        }

        page.Heading("Versions");
        page.Table(Versions());
        string text = page.ToString();
        AtomicFile.Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
    }

    private void AddCurves(HtmlPage page)
    {
        page.Heading("Curves");
        page.Picture(TrainingPlots.Png(TrainingPlots.Loss(result.Epochs, Losses ?? []), TrainingPlots.CurveWidth, TrainingPlots.CurveHeight),
            "Loss. Where the validation rises while the training falls, the network learns its examples by heart.");
        if (result.Epochs.Any(static epoch => double.IsFinite(epoch.ValidationAccuracy) || double.IsFinite(epoch.TrainingAccuracy)))
            page.Picture(TrainingPlots.Png(TrainingPlots.Accuracy(result.Epochs), TrainingPlots.CurveWidth, TrainingPlots.CurveHeight), "Accuracy.");
    }

    private void AddConfusion(HtmlPage page)
    {
        ConfusionMatrix matrix = evaluation.Confusion;
        page.Heading("Confusion matrix");
        int size = TrainingPlots.MatrixSize(matrix);
        page.Picture(TrainingPlots.Png(TrainingPlots.Confusion(matrix, Classes), size, size), "Rows are the truth; what lies beside the diagonal is wrong.");
        (int Truth, int Predicted, long Count)[] confused =
        [
            .. from truth in Enumerable.Range(0, matrix.Classes)
               from predicted in Enumerable.Range(0, matrix.Classes)
               where truth != predicted && matrix[truth, predicted] > 0
               orderby matrix[truth, predicted] descending
               select (truth, predicted, matrix[truth, predicted]),
        ];
        page.Table(confused.Take(MostConfusions).Select(pair => (
            $"{Name(pair.Truth)} taken for {Name(pair.Predicted)}", pair.Count.ToString(CultureInfo.InvariantCulture) + " times")));
    }

    private void AddMistakes(HtmlPage page)
    {
        if (Images is null || Images.Shape.Length != 3 || Images.Shape[0] is not (1 or 3))
            return;
        page.Heading("Mistakes");
        List<(byte[] Png, string Caption)> shown = [];
        float[] image = new float[Images.ImageLength];
        int mistakes = 0;
        for (int index = 0; index < evaluation.Count; index++)
        {
            int predicted = evaluation.Predicted[index];
            if (predicted == Images.Labels[index] || ++mistakes > MostMistakes)
                continue;
            Images.CopyImage(index, image);
            shown.Add((Tile.Picture(image, Images.Shape).Png(), $"{(predicted == Logits.NoClass ? "NaN" : Name(predicted))}, is {Name(Images.Labels[index])}"));
        }

        page.Text(string.Create(
            CultureInfo.InvariantCulture, $"{shown.Count} of {mistakes}: the class that was predicted, and the one that it is. Some are hard for people too."));
        page.Gallery(shown);
    }

    /// <summary>Kernels and activations, as far as the network has what can be drawn.</summary>
    private void AddInside(HtmlPage page)
    {
        Parameter first = network.Parameters[0];
        if (first.Shape.Length == 4 && first.Shape[1] is 1 or 3)
        {
            page.Heading("Kernels of the first layer");
            page.Picture(NetworkPlots.Kernels(network).Png(), "Smooth patterns, edges and spots have been learned; noise has not.");
        }

        if (Images is null)
            return;
        float[] image = new float[Images.ImageLength];
        Images.CopyImage(0, image);
        Options?.Normalization?.Apply(image, image.Length);
        try
        {
            using IPredictor predictor = network.CreatePredictor();
            byte[] png = NetworkPlots.Activations(predictor.Trace(image), null).Png();
            page.Heading("Activations of the first image");
            page.Picture(png, "From the image to the answer. A map that is dark for every image is of no use.");
        }
        catch (NotSupportedException)
        {
            page.Text("Activations are shown of networks whose project sets CnnTrace.");
        }
    }

    private string Name(int index) => Classes is null ? index.ToString(CultureInfo.InvariantCulture) : Classes[index];

    private static IEnumerable<(string, string)> Versions() =>
    [
        ("Cnn", typeof(INetwork).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? ""),
        (".NET", RuntimeInformation.FrameworkDescription),
        ("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}"),
        ("processors", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)),
        ("kernels", InstructionSets.Current.ToString()),
    ];
}
