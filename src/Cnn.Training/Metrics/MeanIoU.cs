namespace Cnn.Training;

/// <summary>Intersection over union, the mean over the classes: the positions that are found and there, of those that are either (Jaccard 1901).</summary>
public sealed class MeanIoU() : OverlapMetric("mean IoU")
{
    private protected override double Of(double both, double found, double there) => both / (found + there - both);
}
