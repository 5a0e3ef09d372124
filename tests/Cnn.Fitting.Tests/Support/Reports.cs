using Cnn.Training;

namespace Cnn.Fitting.Tests.Support;

/// <summary>Hears what a training reports, and may do something about it.</summary>
internal sealed class Reports(Action<FitProgress>? heard = null) : IProgress<FitProgress>
{
    public List<FitProgress> All { get; } = [];

    public void Report(FitProgress value)
    {
        All.Add(value);
        heard?.Invoke(value);
    }
}
