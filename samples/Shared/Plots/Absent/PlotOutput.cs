using Cnn;
using Cnn.Data;
using Cnn.Training;

namespace Samples;

/// <summary>Where <c>--plot</c> would put its pictures: a published program is one file, without the native library that draws.</summary>
internal sealed class PlotOutput
{
    /// <summary>Refuses.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public PlotOutput(string folder) => throw new NotSupportedException(
        $"--plot {folder}: this program was published as one file and cannot draw. Run it from its sources: dotnet run -c Release -- --plot {folder}");

    public IProgress<FitProgress> Watch(IProgress<FitProgress> next) => next;

    public IReadOnlyList<string> Save(
        FitResult result, Evaluation evaluation, INetwork network, ImageDataset test, FitOptions options, IReadOnlyList<string>? classes = null) => [];
}
