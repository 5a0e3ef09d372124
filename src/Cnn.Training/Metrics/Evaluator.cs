using Cnn.Data;

namespace Cnn.Training;

/// <summary>Runs a network over examples, with a loss and metrics.</summary>
internal sealed class Evaluator
{
    private readonly INetwork _network;
    private readonly IExampleSource _source;
    private readonly EvaluationOptions _options;
    private readonly LossMeter? _loss;

    /// <exception cref="ArgumentException">Loss, metrics, examples and network do not go together.</exception>
    public Evaluator(INetwork network, IExampleSource source, EvaluationOptions options)
    {
        _network = network;
        _source = source;
        _options = options;
        Metrics = new OutputMetrics(network, source, options.Metrics);
        _loss = options.Loss is { } loss ? new LossMeter(network, loss, Math.Min(options.BatchSize, source.Count)) : null;
    }

    public OutputMetrics Metrics { get; }

    /// <summary>Predicts every example with a predictor of the network as it is now.</summary>
    public EvaluationResult Run(CancellationToken cancellation)
    {
        using IPredictor predictor = _network.CreatePredictor(new PredictorOptions { BatchSize = _options.BatchSize, Threads = _options.Threads });
        using ExampleLoader batches = new(_source, LoaderSettings.Of(_network, _source) with
        {
            BatchSize = _options.BatchSize,
            Shuffle = false,
            Normalization = _options.Normalization,
        });
        Span<float> room = new float[checked(batches.LargestBatch * _network.OutputLength)];
        Metrics.Reset();
        _loss?.Reset();
        while (batches.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            Span<float> outputs = room[..(batches.Batch.Count * _network.OutputLength)];
            predictor.Predict(batches.Batch.Inputs, outputs);
            _loss?.Add(outputs, batches.Batch.Targets);
            Metrics.Add(outputs, batches.Batch);
        }

        double[] losses = _loss is null ? [] : [.. Enumerable.Range(0, _network.Outputs.Count).Select(_loss.MeanOf)];
        return new EvaluationResult(_source.Count, _loss?.Mean ?? double.NaN, losses, Metrics.Values());
    }
}
