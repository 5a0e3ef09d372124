namespace Cnn;

/// <summary>What a network is made of: per layer and in all.</summary>
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
}

/// <summary>One layer's facts.</summary>
/// <param name="Name">As <c>conv1</c>.</param>
/// <param name="Kind">The attribute, as <c>Conv</c>.</param>
/// <param name="OutputShape">Channels first, without the batch.</param>
/// <param name="Parameters">Trainable numbers.</param>
/// <param name="MultiplyAdds">Outputs times the length of the inner product; 0 for layers without one.</param>
/// <param name="ReceptiveField">Input elements per axis that one output element depends on; empty for flat networks.</param>
public sealed record LayerSummary(
    string Name,
    string Kind,
    IReadOnlyList<int> OutputShape,
    long Parameters,
    long MultiplyAdds,
    IReadOnlyList<int> ReceptiveField)
{
    /// <summary>Bytes of one image's output.</summary>
    public long ActivationBytes => OutputShape.Aggregate(4L, (bytes, axis) => bytes * axis);
}
