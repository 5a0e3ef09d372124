namespace Cnn.Onnx.Export;

/// <summary>A layer on its way into the graph: its facts, the values that it reads, and the graph.</summary>
/// <param name="Network">Whose parameters are written.</param>
/// <param name="Facts">Kind, name, arguments.</param>
/// <param name="Inputs">Names of values.</param>
/// <param name="InputShape">Of the first input, channels first.</param>
/// <param name="Output">The name that the output gets.</param>
/// <param name="Graph">Where nodes go.</param>
internal sealed record ExportedLayer(INetwork Network, LayerSummary Facts, IReadOnlyList<string> Inputs, IReadOnlyList<int> InputShape,
    string Output, GraphBuilder Graph)
{
    public string Kind => Facts.Kind;

    public int Channels => InputShape[0];

    /// <summary>Axes after the channels.</summary>
    public int Rank => InputShape.Count - 1;

    /// <summary>The axis that the layer works along, as ONNX counts: the channels unless it says otherwise.</summary>
    public long Axis => Arguments.Contains("axis") ? (long)Arguments.Number("axis") : 1;

    public LayerArguments Arguments => Facts.Arguments;

    /// <summary>A node on the layer's first input that makes its output.</summary>
    public void Node(string operation, params global::Onnx.AttributeProto[] attributes) => Graph.Node(operation, Output, [Inputs[0]], attributes);

    /// <summary>A node inside the layer; its output is named for the part.</summary>
    public string Part(string operation, string part, IEnumerable<string> inputs, params global::Onnx.AttributeProto[] attributes) =>
        Graph.Node(operation, $"{Facts.Name}/{part}", inputs, attributes);

    /// <summary>Whether the network has the parameter.</summary>
    public bool Has(string parameter) => Find(parameter) is not null;

    /// <summary>The layer's parameter as a constant of the graph.</summary>
    public string Parameter(string parameter)
    {
        Parameter tensor = Required(parameter);
        return Graph.Constant(tensor.Name, tensor.Shape, tensor.Values);
    }

    /// <summary>The layer's parameter as a constant of another shape.</summary>
    public string Parameter(string parameter, params ReadOnlySpan<int> shape)
    {
        Parameter tensor = Required(parameter);
        return Graph.Constant(tensor.Name, shape, tensor.Values);
    }

    /// <summary>The layer's parameter, or a constant of one value a channel where the layer has none.</summary>
    public string ParameterOr(string parameter, float value)
    {
        if (Has(parameter))
            return Parameter(parameter);
        float[] values = new float[Channels];
        values.AsSpan().Fill(value);
        return Graph.Constant($"{Facts.Name}/{parameter}", [Channels], values);
    }

    /// <summary>A constant of one value a channel, which broadcasts over the positions.</summary>
    public string PerChannel(string part, ReadOnlySpan<float> values)
    {
        int[] shape = new int[1 + Rank];
        Array.Fill(shape, 1);
        shape[0] = values.Length;
        return Graph.Constant($"{Facts.Name}/{part}", shape, values);
    }

    private Parameter Required(string parameter) =>
        Find(parameter) ?? throw new ArgumentException($"The layer '{Facts.Name}' has no parameter '{parameter}'.", nameof(parameter));

    private Parameter? Find(string parameter)
    {
        string name = $"{Facts.Name}.{parameter}";
        return Network.Parameters.FirstOrDefault(candidate => candidate.Name == name);
    }
}
