using Cnn.Data;

namespace Cnn.Training;

/// <summary>Runs a network over examples, with a loss and metrics.</summary>
internal sealed class Evaluator
{
    private readonly INetwork _network;
    private readonly IExampleSource _source;
    private readonly EvaluationOptions _options;
    private readonly LossMeter? _loss;
    private readonly RankTeam _team;
    private readonly int[] _portLengths;

    /// <exception cref="ArgumentException">Loss, metrics, examples and network do not go together.</exception>
    public Evaluator(INetwork network, IExampleSource source, EvaluationOptions options)
    {
        _network = network;
        _source = source;
        _options = options;
        _team = new RankTeam(options.Ranks);
        _portLengths = [.. network.Outputs.Select(static port => port.Length)];
        Metrics = new OutputMetrics(network, source, options.Metrics);
        _loss = options.Loss is { } loss ? new LossMeter(network, loss, Math.Min(options.BatchSize, source.Count)) : null;
    }

    public OutputMetrics Metrics { get; }

    /// <summary>Predicts every example with a predictor of the network as it is now.</summary>
    public EvaluationResult Run(CancellationToken cancellation)
    {
        using IPredictor predictor = _network.CreatePredictor(new PredictorOptions
        {
            BatchSize = _options.BatchSize,
            Threads = _options.Threads == 0 ? _options.Ranks?.Threads ?? 0 : _options.Threads,
        });
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
            Predict(predictor, batches.Batch, outputs);
            _loss?.Add(outputs, batches.Batch.Targets);
            Metrics.Add(outputs, batches.Batch);
        }

        double[] losses = _loss is null ? [] : [.. Enumerable.Range(0, _network.Outputs.Count).Select(_loss.MeanOf)];
        return new EvaluationResult(_source.Count, _loss?.Mean ?? double.NaN, losses, Metrics.Values());
    }

    /// <summary>Predicts this rank's share of a batch, and collects the others'.</summary>
    private void Predict(IPredictor predictor, ExampleBatch batch, Span<float> outputs)
    {
        if (_options.Ranks is not { Count: > 1 } ranks)
        {
            predictor.Predict(batch.Inputs, outputs);
            return;
        }

        (int first, int count) = ranks.ShareOf(batch.Count, 1);
        float[] inputs = new float[count * _network.InputLength];
        int place = 0;
        for (int input = 0; input < _network.Inputs.Count; input++)
        {
            int length = _network.Inputs[input].Length;
            batch.Input(input).Slice(first * length, count * length).CopyTo(inputs.AsSpan(place));
            place += count * length;
        }

        float[] own = new float[count * _network.OutputLength];
        if (count > 0)
            predictor.Predict(inputs, own);
        _team.CollectOutputs(own, outputs, _portLengths, batch.Count);
    }
}
