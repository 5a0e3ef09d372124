using Cnn.Generator.Model;
using Cnn.Tool.Compiling;
using Cnn.Tool.Importing.Onnx;
using Cnn.Tool.Importing.Rewrites;
using Cnn.Tool.Writing;
using Cnn.Tool.Writing.Blocks;

namespace Cnn.Tool.Importing;

/// <summary>An imported model: the text of its declaration, and its parameters under the declaration's names.</summary>
/// <param name="ClassName">The network's class.</param>
/// <param name="Source">The C# file.</param>
/// <param name="Weights">The parameters.</param>
/// <param name="Namespace">Its namespace, or empty.</param>
/// <param name="InputShapes">As the caller's numbers lie, without the batch.</param>
/// <param name="OutputShapes">As the caller's numbers lie, without the batch.</param>
internal sealed record Import(
    string ClassName, string Source, TensorFile Weights, string Namespace, IReadOnlyList<int[]> InputShapes, IReadOnlyList<int[]> OutputShapes)
{
    // Published networks have several hundred layers. The compiler checks the others when it compiles the declaration, and cannot name a node.
    private const int MostChecked = 3_000;

    /// <summary>Imports an ONNX file.</summary>
    /// <param name="path">The model.</param>
    /// <param name="className">The network's class.</param>
    /// <param name="classNamespace">Its namespace, or empty.</param>
    /// <param name="options">What the user says beside the file.</param>
    /// <exception cref="ImportException">The file is no model, or cannot be expressed; the message lists every node that cannot.</exception>
    public static Import Onnx(string path, string className, string classNamespace, ImportOptions? options = null)
    {
        OnnxModel model = OnnxModel.Read(path);
        return Onnx(model, Path.GetDirectoryName(Path.GetFullPath(path)), className, classNamespace, $"Imported from {Path.GetFileName(path)}.", options);
    }

    /// <inheritdoc cref="Onnx(string, string, string, ImportOptions?)"/>
    /// <param name="model">What was read.</param>
    /// <param name="folder">Where external data lies, or null.</param>
    /// <param name="className">The network's class.</param>
    /// <param name="classNamespace">Its namespace, or empty.</param>
    /// <param name="origin">For the class's documentation.</param>
    /// <param name="options">What the user says beside the file.</param>
    public static Import Onnx(
        OnnxModel model, string? folder, string className, string classNamespace, string origin, ImportOptions? options = null)
    {
        options ??= ImportOptions.None;
        OnnxLowering lowering = OnnxLowering.Of(model.Until(options.Outputs), folder, options);
        List<Problem> problems = lowering.Problems;
        if (lowering.Network is { } lowered)
            Rewriting.Apply(lowered, problems);
        Refuse(problems, lowering.Frontier);
        ImportedNetwork network = lowering.Network!;
        List<Layer> order = DeclarationOrder.Of(network);
        if (order.Count <= MostChecked)
            CheckRules(order, problems);
        Refuse(problems, []);
        return Of(network, order, className, classNamespace, origin);
    }

    /// <summary>The network as the generator's rules see the declaration, with the parameters that the weights hold.</summary>
    /// <exception cref="ImportException">It breaks a rule, or has other parameters.</exception>
    public ShapedNetwork Declared()
    {
        ShapeResult result = DeclarationRules.Infer(Namespace.Length == 0 ? ClassName : $"{Namespace}.{ClassName}", Source);
        string[] faults = [.. result.Faults.Where(FaultCatalog.IsError).Select(static fault => $"{fault.Id} {FaultCatalog.Message(fault)}")];
        if (result.Network is not { } network || faults.Length > 0)
            throw new ImportException($"The model cannot be expressed, and nothing was written. {string.Join(' ', faults)}");
        foreach (ParameterShape parameter in network.Layers.SelectMany(static layer => layer.Parameters))
            _ = Weights.Reals(parameter.Name, [.. parameter.Shape]);
        return network;
    }

    private static void Refuse(IReadOnlyList<Problem> problems, IReadOnlyList<string> frontier)
    {
        const int MostNames = 16;
        if (problems.Count == 0)
            return;
        string[] remedies = frontier.Count is > 0 and <= MostNames
            ? [$"What lies before that is a network of its own: --outputs {string.Join(',', frontier)} ends the import there."]
            : [];
        throw new ImportException(Refusal.Message(problems, remedies));
    }

    /// <summary>
    /// Holds the layers to the rules that the generator will hold them to, and their shapes to those of the model, so that what is wrong is told by
    /// its node.
    /// </summary>
    private static void CheckRules(List<Layer> order, List<Problem> problems)
    {
        const string AnyName = "Network";
        Declaration plain = new(order, new LayerNaming(order, null), [], new Dictionary<Layer, (Block, IReadOnlyList<Segment>)>());
        ShapeResult result = DeclarationRules.Infer(AnyName, DeclarationWriter.Write(plain, AnyName, "", ""));
        foreach (Fault fault in result.Faults.Where(FaultCatalog.IsError))
            problems.Add(new Problem(order[Math.Max(0, fault.Layer)].Source, $"no layer can be so: {fault.Id} {FaultCatalog.Message(fault)}"));
        foreach ((ShapedLayer shaped, Layer layer) in result.Network?.Layers.Zip(order.Where(static layer => !layer.IsOutput)) ?? [])
        {
            int[] axes = [shaped.OutputShape.Channels, .. shaped.OutputShape.Axes];
            if (!axes.AsSpan().SequenceEqual(layer.Shape))
                problems.Add(new Problem(layer.Source,
                    $"it makes {Tensor.Text(layer.Shape)} of each image, and a {layer.Kind} would make {Tensor.Text(axes)}"));
        }
    }

    private static Import Of(ImportedNetwork network, List<Layer> order, string className, string classNamespace, string origin)
    {
        long parameters = network.Layers().Sum(layer => layer.Parameters.Sum(parameter => (long)parameter.Values.Length));
        if (parameters > Tensor.MostElements)
            throw new ImportException($"The network has {parameters:N0} parameters, and nothing was written: at most {Tensor.MostElements:N0} are.");
        Declaration declaration = BlockRecognition.Apply(order, className);
        TensorFile weights = new() { Metadata = { ["format"] = "pt" } };
        foreach ((Layer layer, string layerName) in declaration.Layers())
        {
            foreach ((string name, Tensor values) in layer.Parameters)
                weights.Add($"{layerName}.{name}", values.Shape, values.Reals);
        }

        return new Import(className, DeclarationWriter.Write(declaration, className, classNamespace, origin), weights, classNamespace,
            [.. network.Inputs.Select(static input => input.CallersShape)], [.. network.Outputs.Select(static output => output.CallersShape)]);
    }
}
