namespace Cnn;

/// <summary>What a network is made of: per layer and in all. Prints as a table.</summary>
public sealed class NetworkSummary
{
    private readonly LayerSummary[] _layers;
    private readonly Port[] _inputs;
    private readonly Port[] _outputs;

    /// <summary>Collects the layers' facts; called by generated code.</summary>
    /// <param name="name">The network's class.</param>
    /// <param name="inputs">In the order of declaration, at least one.</param>
    /// <param name="outputs">In the order of declaration, at least one.</param>
    /// <param name="layers">In the order in which they run, the input first.</param>
    public NetworkSummary(string name, Port[] inputs, Port[] outputs, params LayerSummary[] layers)
    {
        Name = name;
        _inputs = inputs;
        _outputs = outputs;
        _layers = layers;
    }

    /// <summary>The network's class.</summary>
    public string Name { get; }

    /// <summary>What comes in, in the order of declaration.</summary>
    public IReadOnlyList<Port> Inputs => _inputs;

    /// <summary>What goes out, in the order of declaration.</summary>
    public IReadOnlyList<Port> Outputs => _outputs;

    /// <summary>The shape of the first input, as the caller's numbers lie: channels first, unless its layout is another.</summary>
    public ReadOnlySpan<int> InputShape => _inputs[0].ShapeSpan;

    /// <summary>The shape of the first output, as the caller's numbers lie: channels first, unless its layout is another.</summary>
    public ReadOnlySpan<int> OutputShape => _outputs[0].ShapeSpan;

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
