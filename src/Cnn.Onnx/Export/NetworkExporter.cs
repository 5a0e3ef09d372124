using Cnn.Definitions;
using Onnx;

namespace Cnn.Onnx.Export;

/// <summary>From a network's layers and parameters to an ONNX model.</summary>
internal static class NetworkExporter
{
    /// <summary>Where GroupNormalization takes one scale a channel, and the last that changed an operator used here.</summary>
    public const int Opset = 21;

    private const int IrVersion = 10;

    public static ModelProto Export(INetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        const long ProtobufLimit = int.MaxValue - (1 << 20);
        long bytes = network.Parameters.Length * sizeof(float);
        if (bytes > ProtobufLimit)
            throw new NotSupportedException(FormattableString.Invariant(
                $"The parameters of {network.Summary.Name} take {bytes:N0} bytes, and an ONNX file holds at most 2 GiB. Save them as safetensors."));

        NetworkSummary summary = network.Summary;
        GraphBuilder graph = new(summary.Name);
        ExportedPorts ports = new(summary, graph);
        Dictionary<string, (string Value, LayerSummary Layer)> outputs = new(StringComparer.Ordinal);
        foreach (LayerSummary layer in summary.Layers)
        {
            if (layer.Inputs.Count == 0)
            {
                outputs.Add(layer.Name, (ports.Input(layer), layer));
                continue;
            }

            (string Value, LayerSummary Layer)[] inputs = [.. layer.Inputs.Select(name => outputs[name])];
            bool movesNothing = LayerTable.Find(layer.Kind) is { PassesOn: true } && inputs[0].Layer.OutputShape.SequenceEqual(layer.OutputShape);
            string? output = ports.MadeBy(layer);
            string value = output ?? layer.Name;
            if (movesNothing && output is null)
                value = inputs[0].Value;
            else if (movesNothing)
                graph.Node("Identity", value, [inputs[0].Value]);
            else
                Add(new ExportedLayer(network, layer, [.. inputs.Select(input => input.Value)], inputs[0].Layer.OutputShape, value, graph));
            outputs.Add(layer.Name, (value, layer));
        }

        ports.Finish(layer => outputs[layer].Value);
        return new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "Cnn",
            ProducerVersion = typeof(NetworkExporter).Assembly.GetName().Version?.ToString(3) ?? "",
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = Opset } },
            Graph = graph.Graph,
        };
    }

    private static void Add(ExportedLayer layer)
    {
        if (!LayerNodes.ByKind.TryGetValue(layer.Kind, out Action<ExportedLayer>? write))
            throw new NotSupportedException($"The layer '{layer.Facts.Name}' is a {layer.Kind}, which has no form in ONNX here.");
        write(layer);
    }
}
