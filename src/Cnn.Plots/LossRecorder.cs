using Cnn.Training;

namespace Cnn.Plots;

/// <summary>
/// Keeps what a training reports on its way, for <see cref="TrainingPlots.SaveLoss"/>: about ten losses a second, where an epoch's result is one.
/// </summary>
/// <param name="next">Receives each report as well; null is nobody.</param>
public sealed class LossRecorder(IProgress<FitProgress>? next = null) : IProgress<FitProgress>
{
    private readonly List<LossPoint> _points = [];

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<LossPoint> Points => _points;

    /// <inheritdoc/>
    public void Report(FitProgress value)
    {
        if (value is { Completed: null, Result: null, Resumed: false })
            _points.Add(new LossPoint(value.Epoch - 1 + ((double)value.Step / value.Steps), value.Loss));
        next?.Report(value);
    }
}
