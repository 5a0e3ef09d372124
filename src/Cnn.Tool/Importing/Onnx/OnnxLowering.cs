using Cnn.Tool.Importing.Onnx.Operators;
using Cnn.Tool.Importing.Onnx.Viewing;
using Onnx;

namespace Cnn.Tool.Importing.Onnx;

/// <summary>From a model's nodes to layers, one node after the other. What cannot be expressed is collected, so that a user sees all of it at once.</summary>
internal sealed class OnnxLowering
{
    private readonly OnnxModel _model;
    private readonly string? _folder;
    private readonly ModelInputs _inputs;
    private readonly Dictionary<string, OnnxValue> _values = new(StringComparer.Ordinal);

    private OnnxLowering(OnnxModel model, string? folder, ModelInputs inputs)
    {
        _model = model;
        _folder = folder;
        _inputs = inputs;
    }

    /// <summary>One line a node that cannot be expressed.</summary>
    public List<Problem> Problems { get; } = [];

    /// <summary>The network, or null where a problem was found.</summary>
    public ImportedNetwork? Network { get; private set; }

    /// <summary>What stands before nodes that no network can have, so that an import can end there.</summary>
    public List<string> Frontier { get; } = [];

    /// <summary>What a value of the model is, once its node was lowered.</summary>
    public OnnxValue? Value(string name) => _values.GetValueOrDefault(name);

    /// <param name="model">What was read, and is needed.</param>
    /// <param name="folder">Where external data lies, or null.</param>
    /// <param name="options">What the user says.</param>
    public static OnnxLowering Of(OnnxModel model, string? folder, ImportOptions options)
    {
        OnnxLowering one = WithBestLayout(model, folder, options);
        if (one.Network is null || !model.Inputs.Any(input => OpenBatch.Of(input) && !one._inputs.IsGiven(input)))
            return one;
        OnnxLowering several = Run(model, folder, new ModelInputs(model, options, OpenBatch.Several, one._inputs.AreChannelsLast));
        one.Problems.AddRange(OpenBatch.Problems(one.Network, several.Network, several.Problems));
        if (one.Problems.Count > 0)
            one.Network = null;
        return one;
    }

    /// <summary>
    /// With the layout of the inputs by which fewer numbers are moved: channels first, or last as TensorFlow has them, where the model transposes at all.
    /// </summary>
    private static OnnxLowering WithBestLayout(OnnxModel model, string? folder, ImportOptions options)
    {
        OnnxLowering first = Run(model, folder, new ModelInputs(model, options, images: 1, areChannelsLast: false));
        bool canDiffer = first._inputs.HaveMaps && model.Nodes.Any(static node => node.OpType == "Transpose" || node.OpType == "Reshape");
        if (!canDiffer || first is { Network: { } network, Problems.Count: 0 } && Moved(network) == 0)
            return first;
        OnnxLowering last = Run(model, folder, new ModelInputs(model, options, images: 1, areChannelsLast: true));
        bool isBetter = last.Network is { } other && (first.Network is null || Moved(other) < Moved(first.Network));
        return isBetter || (last.Network is null && first.Network is null && last.Problems.Count < first.Problems.Count) ? last : first;
    }

    private static long Moved(ImportedNetwork network) => network.Layers()
        .Where(static layer => layer.Kind == "Permute").Sum(static layer => (long)layer.Length);

    private static OnnxLowering Run(OnnxModel model, string? folder, ModelInputs inputs)
    {
        OnnxLowering lowering = new(model, folder, inputs);
        lowering.Run();
        return lowering;
    }

    private void Run()
    {
        PortNaming names = new(_model);
        foreach ((ValueInfoProto port, FeatureValue value) in _inputs.Values(names))
            _values[port.Name] = value;
        foreach ((string name, Tensor tensor) in _model.Constants)
            _values[name] = new ConstantValue(tensor);
        LoweringBudget budget = new(_model);
        foreach (NodeProto proto in _model.Nodes)
            Lower(proto, budget);

        List<Layer> outputs = [];
        foreach (string port in _model.Outputs)
        {
            if (Output(port) is { } made)
                outputs.Add(new Layer("Output", made.Layer.Shape, $"the output '{OnnxModel.Shown(port)}'")
                {
                    Inputs = [made.Layer],
                    ModelName = names.Of(port),
                    Options = made.IsChannelsLast ? [("Layout", Layer.ChannelsLast)] : [],
                });
        }

        if (Problems.Count > 0 || outputs.Count < _model.Outputs.Count)
            return;
        // A network needs a layer, even where the model has none.
        if (outputs is [{ Input.Kind: "Input" } lone])
            lone.Inputs[0] = new Layer("Identity", lone.Shape, lone.Source) { Inputs = [lone.Input] };
        Network = new ImportedNetwork { Inputs = [.. _model.Inputs.Select(port => ((FeatureValue)_values[port.Name]).Layer)], Outputs = outputs };
    }

    private void Lower(NodeProto proto, LoweringBudget budget)
    {
        OperatorNode node = new(proto, [.. proto.Input.Select(name => name.Length == 0 ? null : _values[name])], _model.Opset, _folder);
        budget.TakeInputs(node);
        int problems = Problems.Count;
        IReadOnlyList<OnnxValue> made = Lower(node);
        if (made.Count > 0 && UnmadeOutput(proto, made.Count) is { } unmade)
            Problems.Add(new Problem(node.Source, unmade));
        budget.TakeOutputs(node, made);
        for (int index = 0; index < proto.Output.Count; index++)
            _values[proto.Output[index]] = index < made.Count ? made[index] : Guess(proto.Output[index], isRefused: problems < Problems.Count);
        if (problems < Problems.Count && KnownOperators.EndsNetwork(node.Operator))
            Frontier.AddRange(proto.Input.Where(name => name.Length > 0 && _values[name] is FeatureValue { Layer.Kind: not "unknown" }).Except(Frontier));
    }

    /// <summary>
    /// For what reads a node that was refused: a tensor of the shape that the file tells, so that what lies behind it is looked at too.
    /// </summary>
    private OnnxValue Guess(string name, bool isRefused) => isRefused && _model.Shapes.TryGetValue(name, out int[]? shape)
        && shape.Length - 1 <= Rearrangement.MostAxes
        ? FeatureValue.Of(new Layer("unknown", shape[1..], ""), 1)
        : UnknownValue.Instance;

    private IReadOnlyList<OnnxValue> Lower(OperatorNode node)
    {
        try
        {
            if (node.Domain.Length == 0 && ConstantFolding.TryFold(node) is { } constant)
                return [constant];
            OperatorTable.Lowering lower = OperatorTable.Find(node);
            if (node.Inputs.Contains(UnknownValue.Instance))
                return [];
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
            Problems.Add(new Problem((exception as NotExpressibleException)?.Culprit ?? node.Source, exception.Message));
            return [];
        }
    }

    /// <summary>Outputs beyond those that layers make (a mask, indices, statistics) may be declared, but nothing may depend on them.</summary>
    private string? UnmadeOutput(NodeProto node, int made)
    {
        for (int index = made; index < node.Output.Count; index++)
        {
            string name = node.Output[index];
            string? reader = name.Length == 0 ? null
                : _model.Outputs.Contains(name) ? "the model's output"
                : _model.ReadersOf(name).FirstOrDefault() is { } found ? "read by " + OnnxModel.Describe(found)
                : null;
            if (reader is not null)
                return $"its output {index}, '{OnnxModel.Shown(name)}', is {reader}, "
                    + $"and a layer makes {(made == 1 ? "the first output" : $"the first {made} outputs")} alone; take out of the model what needs it";
        }

        return null;
    }

    private (Layer Layer, bool IsChannelsLast)? Output(string name)
    {
        OnnxValue? value = _values.GetValueOrDefault(name);
        string source = $"the output '{OnnxModel.Shown(name)}'";
        if (value is FeatureValue feature)
        {
            try
            {
                return PortArrangement.Of(feature);
            }
            catch (NotExpressibleException exception)
            {
                Problems.Add(new Problem(exception.Culprit ?? source, exception.Message));
                return null;
            }
        }

        if (value is not UnknownValue)
            Problems.Add(new Problem(source, value is null ? "nothing makes it" : "it does not depend on the input"));
        return null;
    }
}
