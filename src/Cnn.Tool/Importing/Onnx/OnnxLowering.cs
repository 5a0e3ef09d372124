using Cnn.Tool.Importing.Onnx.Operators;
using Onnx;

namespace Cnn.Tool.Importing.Onnx;

/// <summary>From a model's nodes to layers, one node after the other. What cannot be expressed is collected, so that a user sees all of it at once.</summary>
internal static class OnnxLowering
{
    /// <summary>The network, or null where a problem was found.</summary>
    /// <param name="model">What was read.</param>
    /// <param name="folder">Where external data lies, or null.</param>
    /// <param name="problems">Receives one line a node that cannot be expressed.</param>
    public static ImportedNetwork? Lower(OnnxModel model, string? folder, List<string> problems)
    {
        ImportedNetwork? network = Lower(model, folder, 1, problems);
        if (network is null || !model.Inputs.Any(OpenBatch.Of))
            return network;
        List<string> ofSeveral = [];
        problems.AddRange(OpenBatch.Problems(network, Lower(model, folder, OpenBatch.Several, ofSeveral), ofSeveral));
        return problems.Count == 0 ? network : null;
    }

    /// <param name="model">What was read.</param>
    /// <param name="folder">Where external data lies, or null.</param>
    /// <param name="images">How many there are where the model leaves that open.</param>
    /// <param name="problems">Receives one line a node that cannot be expressed.</param>
    private static ImportedNetwork? Lower(OnnxModel model, string? folder, int images, List<string> problems)
    {
        List<Layer> inputs = [];
        PortNaming names = new(model);
        PortForms forms = new(model);
        Dictionary<string, OnnxValue> values = new(StringComparer.Ordinal);
        foreach (ValueInfoProto port in model.Inputs)
        {
            PortForm form = forms.Input(port.Name);
            int[] axes = InputAxes(port, images, form);
            if (form.IsChannelsLast)
                axes = [axes[0], axes[^1], .. axes[1..^1]];
            inputs.Add(new Layer("Input", axes[1..], $"the input '{port.Name}'")
            {
                ModelName = names.Of(port.Name),
                Options = Options(form),
                IsShapeFixed = form.IsChannelsLast,
            });
            values[form.Value] = new FeatureValue(inputs[^1], axes);
        }

        foreach ((string name, Tensor tensor) in model.Constants)
            values[name] = new ConstantValue(tensor);

        LoweringBudget budget = new(model);
        foreach (NodeProto proto in model.Nodes.Where(node => !forms.Say(node)))
        {
            OperatorNode node = new(proto, [.. proto.Input.Select(name => name.Length == 0 ? null : values[name])], model.Opset, folder);
            budget.TakeInputs(node);
            IReadOnlyList<OnnxValue> made = Lower(node, proto.Domain, problems);
            if (made.Count > 0 && UnmadeOutput(model, proto, made.Count) is { } unmade)
                problems.Add($"{node.Source}: {unmade}.");
            budget.TakeOutputs(node, made);
            for (int index = 0; index < proto.Output.Count; index++)
                values[proto.Output[index]] = index < made.Count ? made[index] : UnknownValue.Instance;
        }

        List<Layer> outputs = [];
        foreach (string port in model.Outputs)
        {
            PortForm form = forms.Output(port);
            if (Output(port, form, values, problems) is { } made)
                outputs.Add(new Layer("Output", made.Shape, $"the output '{port}'") { Inputs = [made], ModelName = names.Of(port), Options = Options(form) });
        }

        if (problems.Count > 0 || outputs.Count < model.Outputs.Count)
            return null;
        // A network needs a layer, even where the model has none.
        if (outputs is [{ Input.Kind: "Input" } lone])
            lone.Inputs[0] = new Layer("Identity", lone.Shape, lone.Source) { Inputs = [lone.Input] };
        return new ImportedNetwork { Inputs = inputs, Outputs = outputs };
    }

    private static IReadOnlyList<OnnxValue> Lower(OperatorNode node, string domain, List<string> problems)
    {
        try
        {
            if (domain is not ("" or "ai.onnx"))
                throw new NotExpressibleException($"it belongs to the operators of '{domain}'; those of ONNX itself are read");
            if (ConstantFolding.TryFold(node) is { } constant)
                return [constant];
            if (node.Inputs.Contains(UnknownValue.Instance))
                return [];
            if (!OperatorTable.All.TryGetValue(node.Operator, out OperatorTable.Lowering? lower))
                throw new NotExpressibleException("no layer does this");
            IReadOnlyList<OnnxValue> outputs = lower(node);
            string[] unasked = [.. node.Unasked];
            if (unasked.Length > 0)
                throw new NotExpressibleException($"it has attributes that are not known: {string.Join(", ", unasked)}");
            foreach (FeatureValue output in outputs.OfType<FeatureValue>()
                .Where(output => output.Layer.Source == node.Source && output.Layer.Origin.Length == 0))
                output.Layer.Origin = node.Name;
            return outputs;
        }
        catch (Exception exception) when (exception is NotExpressibleException or ImportException)
        {
            problems.Add($"{(exception as NotExpressibleException)?.Culprit ?? node.Source}: {exception.Message}.");
            return [];
        }
    }

    /// <summary>Outputs beyond those that layers make (a mask, indices, statistics) may be declared, but nothing may depend on them.</summary>
    private static string? UnmadeOutput(OnnxModel model, NodeProto node, int made)
    {
        for (int index = made; index < node.Output.Count; index++)
        {
            string name = node.Output[index];
            string? reader = name.Length == 0 ? null
                : model.Outputs.Contains(name) ? "the model's output"
                : model.ReadersOf(name).FirstOrDefault() is { } found ? "read by " + OnnxModel.Describe(found)
                : null;
            if (reader is not null)
                return $"its output {index}, '{OnnxModel.Shown(name)}', is {reader}, "
                    + $"and a layer makes {(made == 1 ? "the first output" : $"the first {made} outputs")} alone; take out of the model what needs it";
        }

        return null;
    }

    private static Layer? Output(string name, PortForm form, Dictionary<string, OnnxValue> values, List<string> problems)
    {
        values.TryGetValue(form.Value, out OnnxValue? value);
        if (value is FeatureValue feature)
        {
            try
            {
                // Whatever axes the model shows, the numbers are those of the layer, in the same order; with the channels last, as long as
                // it shows these apart.
                bool showsChannels = feature.Axes.Length > 1 && feature.Axes[1] == feature.Layer.Channels && feature.Layer is { Rank: > 0, Kind: not "Input" };
                return form.IsChannelsLast && !showsChannels ? Views.Natural(feature) : Views.Any(feature);
            }
            catch (NotExpressibleException exception)
            {
                problems.Add($"{exception.Culprit ?? $"the output '{OnnxModel.Shown(name)}'"}: {exception.Message}.");
                return null;
            }
        }

        if (value is not UnknownValue)
            problems.Add($"the output '{OnnxModel.Shown(name)}': {(value is null ? "nothing makes it" : "it does not depend on the input")}.");
        return null;
    }

    private static List<(string Name, string Value)> Options(PortForm form) =>
    [
        .. form.IsChannelsLast ? [("Layout", Layer.ChannelsLast)] : ((string, string)[])[],
        .. form.IsBytes ? [("Element", "PortElement.UInt8")] : ((string, string)[])[],
    ];

    /// <summary>The input's axes with the batch first.</summary>
    private static int[] InputAxes(ValueInfoProto input, int images, PortForm form)
    {
        if (input.Type?.TensorType is not { Shape: { } shape } type)
            throw new ImportException($"The input '{input.Name}' has no shape: export the model with a fixed image size.");
        if (type.ElemType != (int)TensorProto.Types.DataType.Float && !form.IsBytes)
            throw new ImportException($"The input '{input.Name}' is of type {OnnxTensors.TypeName(type.ElemType)}; float is needed.");
        if (shape.Dim.Count < 2)
            throw new ImportException($"The input '{input.Name}' has {shape.Dim.Count} axes; a batch axis and at least one behind it are needed.");
        if (shape.Dim.Count > 1 + Views.MostAxes)
            throw new ImportException($"The input '{input.Name}' has {shape.Dim.Count} axes; a network has at most three behind the batch and the channels.");
        long[] axes = [.. shape.Dim.Select((axis, index) =>
            axis.DimValue > 0 ? axis.DimValue : index == 0 && axis.DimValue == 0 ? images : Unknown(input, index, axis))];
        if (axes.Skip(1).Any(axis => axis < 1))
            throw new ImportException($"The input '{input.Name}' has the shape {Tensor.Text(axes)}; every axis needs a length of at least 1.");
        return Tensor.CheckedShape(axes);
    }

    private static long Unknown(ValueInfoProto input, int index, TensorShapeProto.Types.Dimension axis) => throw new ImportException(
        axis.ValueCase == TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue && axis.DimValue < 0
            ? $"The input '{input.Name}' has an axis {index} of length {axis.DimValue}; no length is negative."
            : $"The axis {index} of the input '{input.Name}' has no fixed length: export the model with a fixed image size.");
}
