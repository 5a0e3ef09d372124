using System.Diagnostics.Metrics;

namespace Cnn.Training;

/// <summary>What a host can measure of its trainings: the meter <c>Cnn.Training</c>. Nothing is computed where nobody listens.</summary>
internal static class TrainingInstruments
{
    private static readonly Meter Meter = new("Cnn.Training");

    private static readonly Counter<long> Steps = Meter.CreateCounter<long>("cnn.training.steps", "{step}", "Updates.");

    private static readonly Counter<long> Examples = Meter.CreateCounter<long>("cnn.training.examples", "{example}", "Examples that were trained on.");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("cnn.training.step.duration", "s", "Of one update, with its loading.");

    private static readonly Gauge<double> Loss = Meter.CreateGauge<double>("cnn.training.loss", null, "Of the last update.");

    private static readonly Gauge<double> ValidationLoss = Meter.CreateGauge<double>("cnn.training.validation.loss", null, "Of the last epoch.");

    public static void Step(int examples, double loss, TimeSpan duration)
    {
        Steps.Add(1);
        Examples.Add(examples);
        Duration.Record(duration.TotalSeconds);
        Loss.Record(loss);
    }

    public static void Epoch(double validationLoss)
    {
        if (double.IsFinite(validationLoss))
            ValidationLoss.Record(validationLoss);
    }
}
