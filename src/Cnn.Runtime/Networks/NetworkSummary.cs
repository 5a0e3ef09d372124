namespace Cnn;

/// <summary>What a network is made of: per layer and in all. Prints as a table.</summary>
public sealed class NetworkSummary
{
    private readonly LayerSummary[] _layers;
    private readonly int[] _inputShape;
    private readonly int[] _outputShape;

    /// <summary>Collects the layers' facts; called by generated code.</summary>
    /// <param name="name">The network's class.</param>
    /// <param name="inputShape">Channels first, without the batch.</param>
    /// <param name="outputShape">Channels first, without the batch.</param>
    /// <param name="layers">In the order in which they run, the input first.</param>
    public NetworkSummary(string name, int[] inputShape, int[] outputShape, params LayerSummary[] layers)
    {
        Name = name;
        _inputShape = inputShape;
        _outputShape = outputShape;
        _layers = layers;
    }

    /// <summary>The network's class.</summary>
    public string Name { get; }

    /// <summary>The shape of one input, channels first.</summary>
    public ReadOnlySpan<int> InputShape => _inputShape;

    /// <summary>The shape of one output, channels first.</summary>
    public ReadOnlySpan<int> OutputShape => _outputShape;

    /// <summary>The layers in the order in which they run, the input first.</summary>
    public IReadOnlyList<LayerSummary> Layers => _layers;

    /// <summary>Trainable numbers of all layers.</summary>
    public long Parameters => _layers.Sum(layer => layer.Parameters);

    /// <summary>Multiply-adds for one input.</summary>
    public long MultiplyAdds => _layers.Sum(layer => layer.MultiplyAdds);

    /// <summary>Bytes of all layers' outputs for one input; buffers are shared, so a predictor needs less.</summary>
    public long ActivationBytes => _layers.Sum(layer => layer.ActivationBytes);

    /// <summary>The layers as a plain-text table with a row of totals, in columns for a fixed-width font.</summary>
    /// <returns>Lines that end in a line feed each, whatever the machine and its culture.</returns>
    public override string ToString() => SummaryTable.Print(this);
}
