using Cnn.Data;

namespace Cnn.Training;

/// <summary>The metrics of an evaluation, each on its output.</summary>
internal sealed class OutputMetrics
{
    private readonly IReadOnlyList<Port> _ports;
    private readonly Metric[] _metrics;
    private readonly int[] _outputs;

    /// <exception cref="ArgumentException">A metric names no output or does not fit it, or two have the same name.</exception>
    public OutputMetrics(INetwork network, IExampleSource source, IReadOnlyList<Metric>? metrics)
    {
        _ports = network.Outputs;
        _metrics = [.. Chosen(source, metrics)];
        _outputs = [.. _metrics.Select(OutputOf)];
        Keys = [.. _metrics.Select(static metric => metric.Key)];
        for (int index = 0; index < _metrics.Length; index++)
        {
            _metrics[index].Check(_ports[_outputs[index]], source.Targets[_outputs[index]]);
            if (Array.IndexOf(Keys, Keys[index]) < index)
                throw new ArgumentException($"There are two metrics '{Keys[index]}': name the output of each, or leave one out.");
        }
    }

    public string[] Keys { get; }

    public IReadOnlyList<Metric> All => _metrics;

    public void Reset() => Array.ForEach(_metrics, static metric => metric.Reset());

    /// <param name="outputs">Port after port, each with all examples.</param>
    /// <param name="batch">What they should be.</param>
    public void Add(ReadOnlySpan<float> outputs, ExampleBatch batch)
    {
        for (int port = 0; port < _ports.Count; port++)
        {
            int length = batch.Count * _ports[port].Length;
            MetricBatch one = batch.Labels(port).IsEmpty
                ? new MetricBatch(_ports[port], outputs[..length], batch.Values(port), batch.Weights(port))
                : new MetricBatch(_ports[port], outputs[..length], batch.Labels(port), batch.Weights(port));
            for (int index = 0; index < _metrics.Length; index++)
            {
                if (_outputs[index] == port)
                    _metrics[index].Add(one);
            }

            outputs = outputs[length..];
        }
    }

    public MetricValues Values() => new(Keys, [.. _metrics.Select(static metric => metric.Value)]);

    /// <summary>Labels for the only output mean a classifier, of which the accuracy is told in any case.</summary>
    private IEnumerable<Metric> Chosen(IExampleSource source, IReadOnlyList<Metric>? metrics)
    {
        bool isClassifier = _ports.Count == 1 && source.Targets.Count == 1 && source.Targets[0].IsLabels;
        if (!isClassifier || metrics?.Any(static metric => metric is Accuracy) == true)
            return metrics ?? [];
        return [new Accuracy(), .. metrics ?? []];
    }

    private int OutputOf(Metric metric)
    {
        if (metric.Output is null && _ports.Count == 1)
            return 0;
        for (int port = 0; port < _ports.Count && metric.Output is not null; port++)
        {
            if (_ports[port].Name == metric.Output)
                return port;
        }

        string names = string.Join(", ", _ports.Select(static port => port.Name));
        throw new ArgumentException(metric.Output is null
            ? $"The metric '{metric.Name}' names no output, and the network has several ({names}): give it Output."
            : $"The metric '{metric.Name}' is of the output '{metric.Output}', and the network has: {names}.");
    }
}
