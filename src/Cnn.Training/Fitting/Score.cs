namespace Cnn.Training;

/// <summary>What tells how good an epoch was: larger is better, and NaN is no score.</summary>
/// <param name="Name">What is monitored.</param>
/// <param name="Value">The score.</param>
/// <param name="Other">What decides between equals.</param>
internal sealed record Score(string Name, Func<EpochResult, double> Value, Func<EpochResult, double> Other)
{
    /// <summary>What options monitor: a metric by its name, or the accuracy, or the loss; the first metric where there is no accuracy.</summary>
    /// <exception cref="ArgumentException">There is no metric of that name.</exception>
    public static Score Of(FitOptions options, IReadOnlyList<Metric> metrics)
    {
        if (options.MonitoredMetric is { } key)
        {
            Metric metric = metrics.FirstOrDefault(metric => metric.Key == key) ?? throw new ArgumentException(
                $"MonitoredMetric is '{key}', and the metrics are: {string.Join(", ", metrics.Select(static metric => metric.Key))}.", nameof(options));
            return Of(metric);
        }

        bool hasAccuracy = metrics.Any(static metric => metric is Accuracy { Output: null });
        if (options.Monitored == Monitored.Accuracy && hasAccuracy)
            return new Score("accuracy", static epoch => epoch.ValidationAccuracy, SmallLoss);
        if (options.Monitored == Monitored.Accuracy && metrics.Count > 0)
            return Of(metrics[0]);
        return new Score("loss", SmallLoss, hasAccuracy || metrics.Count == 0 ? static epoch => epoch.ValidationAccuracy : Of(metrics[0]).Value);
    }

    private static Score Of(Metric metric)
    {
        (string key, double sign) = (metric.Key, metric.LargerIsBetter ? 1 : -1);
        return new Score(key, epoch => epoch.Metrics.TryGetValue(key, out double value) ? sign * value : double.NaN, SmallLoss);
    }

    private static double SmallLoss(EpochResult epoch) => -epoch.ValidationLoss;
}
