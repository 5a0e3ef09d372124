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
/// <param name="InputShapes">As the caller's numbers lie, without the batch.</param>
/// <param name="OutputShapes">As the caller's numbers lie, without the batch.</param>
internal sealed record Import(string ClassName, string Source, TensorFile Weights, IReadOnlyList<int[]> InputShapes, IReadOnlyList<int[]> OutputShapes)
{
    // Enough to see what a model needs that layers do not have.
    private const int MostProblems = 100;

    // Published networks have several hundred layers. The compiler checks the others when it compiles the declaration, and cannot name a node.
    private const int MostChecked = 3_000;

    /// <summary>Imports an ONNX file.</summary>
    /// <param name="path">The model.</param>
    /// <param name="className">The network's class.</param>
    /// <param name="classNamespace">Its namespace, or empty.</param>
    /// <exception cref="ImportException">The file is no model, or cannot be expressed; the message lists every node that cannot.</exception>
    public static Import Onnx(string path, string className, string classNamespace)
    {
        OnnxModel model = OnnxModel.Read(path);
        return Onnx(model, Path.GetDirectoryName(Path.GetFullPath(path)), className, classNamespace, $"Imported from {Path.GetFileName(path)}.");
    }

    /// <inheritdoc cref="Onnx(string, string, string)"/>
    /// <param name="model">What was read.</param>
    /// <param name="folder">Where external data lies, or null.</param>
    /// <param name="className">The network's class.</param>
    /// <param name="classNamespace">Its namespace, or empty.</param>
    /// <param name="origin">For the class's documentation.</param>
    public static Import Onnx(OnnxModel model, string? folder, string className, string classNamespace, string origin)
    {
        List<string> problems = [];
        ImportedNetwork? network = OnnxLowering.Lower(model, folder, problems);
        if (network is not null)
            Rewriting.Apply(network, problems);
        Refuse(problems);
        List<Layer> order = DeclarationOrder.Of(network!);
        if (order.Count <= MostChecked)
            CheckRules(order, problems);
        Refuse(problems);
        return Of(network!, order, className, classNamespace, origin);
    }

    private static void Refuse(List<string> problems)
    {
        if (problems.Count == 0)
            return;
        // Two nodes can have the same third one to blame.
        problems = [.. problems.Distinct()];
        string rest = problems.Count > MostProblems ? $"\n  and {problems.Count - MostProblems:N0} more" : "";
        throw new ImportException(
            $"The model cannot be expressed, and nothing was written. {problems.Count:N0} {(problems.Count == 1 ? "problem" : "problems")}:\n  - "
            + $"{string.Join("\n  - ", problems.Take(MostProblems))}{rest}");
    }

    /// <summary>
    /// Holds the layers to the rules that the generator will hold them to, and their shapes to those of the model, so that what is wrong is told by
    /// its node.
    /// </summary>
    private static void CheckRules(List<Layer> order, List<string> problems)
    {
        const string AnyName = "Network";
        Declaration plain = new(order, new LayerNaming(order, null), [], new Dictionary<Layer, (Block, IReadOnlyList<Segment>)>());
        ShapeResult result = DeclarationRules.Infer(AnyName, DeclarationWriter.Write(plain, AnyName, "", ""));
        foreach (Fault fault in result.Faults.Where(FaultCatalog.IsError))
            problems.Add($"{order[Math.Max(0, fault.Layer)].Source}: no layer can be so: {fault.Id} {FaultCatalog.Message(fault)}.");
        foreach ((ShapedLayer shaped, Layer layer) in result.Network?.Layers.Zip(order.Where(static layer => !layer.IsOutput)) ?? [])
        {
            int[] axes = [shaped.OutputShape.Channels, .. shaped.OutputShape.Axes];
            if (!axes.AsSpan().SequenceEqual(layer.Shape))
                problems.Add($"{layer.Source}: it makes {Tensor.Text(layer.Shape)} of each image, and a {layer.Kind} would make {Tensor.Text(axes)}.");
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

        return new Import(className, DeclarationWriter.Write(declaration, className, classNamespace, origin), weights,
            [.. network.Inputs.Select(static input => input.CallersShape)], [.. network.Outputs.Select(static output => output.CallersShape)]);
    }
}
