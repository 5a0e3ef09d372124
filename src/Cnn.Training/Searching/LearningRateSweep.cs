using System.Globalization;

namespace Cnn.Training;

/// <summary>The loss while the learning rate rose from step to step (Smith, arXiv 1506.01186, section 3.3).</summary>
/// <param name="Points">In the order of the steps, which is that of the rates.</param>
/// <exception cref="ArgumentException">There is no point.</exception>
public sealed record LearningRateSweep(IReadOnlyList<LearningRatePoint> Points)
{
    /// <summary>In the order of the steps, which is that of the rates.</summary>
    public IReadOnlyList<LearningRatePoint> Points { get; init; } = Points is { Count: > 0 } ? Points
        : throw new ArgumentException("There is no point: at least one step is needed.", nameof(Points));

    /// <summary>The rate with the smallest loss: about where training begins to be unstable.</summary>
    public double Least => Points.MinBy(static point => point.Loss).LearningRate;

    /// <summary>
    /// A rate to begin with: where the loss falls most steeply over the logarithm of the rate, before it is the smallest. A schedule that rises and falls may
    /// have its top somewhat above it.
    /// </summary>
    public double Suggested
    {
        get
        {
            int least = Index(Least);
            int best = 0;

            // Over some steps on both sides, or the noise of a single one would decide.
            int around = Math.Max(1, Points.Count / 25);
            double steepest = double.PositiveInfinity;
            for (int point = around; point <= least; point++)
            {
                double slope = Points[Math.Min(point + around, Points.Count - 1)].Loss - Points[point - around].Loss;
                if (slope < steepest)
                    (steepest, best) = (slope, point);
            }

            return Points[best].LearningRate;
        }
    }

    /// <summary>As <c>62 steps from 1E-06 to 0.8: a learning rate of 0.012 is suggested, and 0.11 had the smallest loss</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{CountFormat.Of(Points.Count, "step")} from {Points[0].LearningRate:G2} to {Points[^1].LearningRate:G2}: a learning rate of {Suggested:G2} is "
        + $"suggested, and {Least:G2} had the smallest loss");

    private int Index(double rate)
    {
        int index = 0;
        while (Points[index].LearningRate != rate)
            index++;
        return index;
    }
}
