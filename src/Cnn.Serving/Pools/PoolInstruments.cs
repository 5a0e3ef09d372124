using System.Diagnostics.Metrics;

namespace Cnn.Serving;

/// <summary>What a host can measure of a pool: the meter <c>Cnn.Serving</c>. Nothing is computed where nobody listens.</summary>
internal sealed class PoolInstruments : IDisposable
{
    private readonly Meter _meter;
    private readonly KeyValuePair<string, object?> _network;
    private readonly Counter<long> _predictions;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _computing;
    private readonly Histogram<int> _batches;

    public PoolInstruments(string network, IMeterFactory? meters, Func<int> waiting)
    {
        _network = new("network", network);
        _meter = meters?.Create(PredictorPoolMeter.Name) ?? new Meter(PredictorPoolMeter.Name);
        _predictions = _meter.CreateCounter<long>("cnn.serving.predictions", "{prediction}", "Requests, by their outcome: ok, refused, cancelled or failed.");
        _duration = _meter.CreateHistogram<double>("cnn.serving.duration", "s", "From a request to its answer.");
        _computing = _meter.CreateHistogram<double>("cnn.serving.compute.duration", "s", "Of computing requests together.");
        _batches = _meter.CreateHistogram<int>("cnn.serving.batch.size", "{prediction}", "Requests that were computed together.");
        _meter.CreateObservableGauge(
            "cnn.serving.waiting", () => new Measurement<int>(waiting(), _network), "{request}", "Requests that wait for a predictor.");
    }

    public void Count(PredictionOutcome outcome) => _predictions.Add(1, _network, new("outcome", outcome switch
    {
        PredictionOutcome.Ok => "ok",
        PredictionOutcome.Refused => "refused",
        PredictionOutcome.Cancelled => "cancelled",
        _ => "failed",
    }));

    public void Answered(TimeSpan duration) => _duration.Record(duration.TotalSeconds, _network);

    public void Computed(int requests, TimeSpan duration)
    {
        _computing.Record(duration.TotalSeconds, _network);
        _batches.Record(requests, _network);
    }

    public void Dispose() => _meter.Dispose();
}

/// <summary>How a request ended.</summary>
internal enum PredictionOutcome
{
    Ok,
    Refused,
    Cancelled,
    Failed,
}
