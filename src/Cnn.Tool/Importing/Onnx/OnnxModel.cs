using Google.Protobuf;
using Onnx;

namespace Cnn.Tool.Importing.Onnx;

/// <summary>A model as it was read and checked: constants by name, nodes in an order in which each follows what it reads.</summary>
internal sealed class OnnxModel
{
    /// <summary>Real models have a few thousand; the limit bounds the time that a hostile one takes.</summary>
    public const int MostNodes = 20_000;

    private const int LongestShown = 120;

    // Attributes can hold graphs that hold nodes with attributes; models have no use for more than a few levels.
    private const int DeepestMessage = 24;

    public required int Opset { get; init; }

    public required string Name { get; init; }

    /// <summary>Shapes that the file tells of values between nodes, where all their lengths are known.</summary>
    public required IReadOnlyDictionary<string, int[]> Shapes { get; init; }

    /// <summary>In the order of the file, without those that are constants.</summary>
    public required IReadOnlyList<ValueInfoProto> Inputs { get; init; }

    /// <summary>In the order of the file.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    public required Dictionary<string, Tensor> Constants { get; init; }

    public required IReadOnlyList<NodeProto> Nodes { get; init; }

    /// <summary>The nodes that read a value, each as often as it does.</summary>
    public IEnumerable<NodeProto> ReadersOf(string value) => Readers[value];

    private ILookup<string, NodeProto> Readers => field ??= Nodes
        .SelectMany(static node => node.Input.Where(static input => input.Length > 0).Select(input => (input, node)))
        .ToLookup(static pair => pair.input, static pair => pair.node, StringComparer.Ordinal);

    /// <exception cref="ImportException">The file is no ONNX model, or one without an input or an output.</exception>
    public static OnnxModel Read(string path)
    {
        FileInfo file = new(path);
        if (!file.Exists)
            throw new ImportException($"There is no file '{path}'.");
        if (file.Length > int.MaxValue)
            throw new ImportException($"'{path}' has {file.Length:N0} bytes; a protobuf message has at most 2 GiB.");
        using FileStream stream = file.OpenRead();
        return Read(stream, Path.GetDirectoryName(file.FullName));
    }

    /// <inheritdoc cref="Read(string)"/>
    /// <param name="stream">The model; left open.</param>
    /// <param name="folder">Where data outside the model lies, or null.</param>
    public static OnnxModel Read(Stream stream, string? folder)
    {
        ModelProto model;
        try
        {
            model = ModelProto.Parser.ParseFrom(CodedInputStream.CreateWithLimits(stream, int.MaxValue, DeepestMessage));
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new ImportException($"This is no ONNX model, or a damaged one: {exception.Message}", exception);
        }

        if (model.Graph is null)
            throw new ImportException("This is no ONNX model: it has no graph.");
        GraphProto graph = model.Graph;
        if (graph.Node.Count > MostNodes)
            throw new ImportException($"The model has {graph.Node.Count:N0} nodes; at most {MostNodes:N0} are read.");
        if (graph.SparseInitializer.Count > 0)
            throw new ImportException("The model has sparse constants, which are not read: store them as dense ones.");

        Dictionary<string, Tensor> constants = ReadConstants(graph, folder);
        // Until IR version 4, constants had to be listed among the inputs too.
        List<ValueInfoProto> inputs = [.. graph.Input.Where(input => !constants.ContainsKey(input.Name))];
        if (inputs.Count == 0 || graph.Output.Count == 0)
            throw new ImportException($"The model has no {(inputs.Count == 0 ? "input" : "output")}; a network has at least one.");
        if (inputs.Concat(graph.Output).GroupBy(static port => port.Name, StringComparer.Ordinal).FirstOrDefault(static names => names.Count() > 1) is { } twice
            && graph.Output.Count(port => port.Name == twice.Key) != 1)
            throw new ImportException($"The model has two inputs or outputs called '{Shown(twice.Key)}'.");
        return new OnnxModel
        {
            Opset = OperatorSets.Of(model),
            Name = graph.Name,
            Shapes = ReadShapes(graph),
            Inputs = inputs,
            Outputs = [.. graph.Output.Select(static output => output.Name)],
            Constants = constants,
            Nodes = Sorted(graph, constants, [.. inputs.Select(static input => input.Name)]),
        };
    }

    private static Dictionary<string, Tensor> ReadConstants(GraphProto graph, string? folder)
    {
        Dictionary<string, Tensor> constants = new(StringComparer.Ordinal);
        long held = 0;
        foreach (TensorProto proto in graph.Initializer)
        {
            Tensor tensor;
            try
            {
                tensor = OnnxTensors.Read(proto, folder);
            }
            catch (ImportException exception)
            {
                throw new ImportException($"The constant '{Shown(proto.Name)}' cannot be read: {exception.Message}.", exception);
            }

            held = LoweringBudget.CheckedSum(held, tensor.Held);
            if (!constants.TryAdd(proto.Name, tensor))
                throw new ImportException($"The model has two constants called '{Shown(proto.Name)}'.");
        }

        return constants;
    }

    private static Dictionary<string, int[]> ReadShapes(GraphProto graph)
    {
        Dictionary<string, int[]> shapes = new(StringComparer.Ordinal);
        foreach (ValueInfoProto value in graph.ValueInfo.Concat(graph.Output).Where(static value => value.Type?.TensorType?.Shape is not null))
        {
            long[] axes = [.. value.Type.TensorType.Shape.Dim.Select(static axis => axis.DimValue)];
            if (axes.Length > 1 && axes.Skip(1).All(static axis => axis is > 0 and <= int.MaxValue))
                shapes[value.Name] = [1, .. axes.Skip(1).Select(static axis => (int)axis)];
        }

        return shapes;
    }

    /// <summary>The part of the model that ends at named values, or at its outputs, without the nodes that nothing then needs.</summary>
    /// <param name="outputs">Names of values; none for the model's outputs.</param>
    /// <exception cref="ImportException">No node makes one of them.</exception>
    public OnnxModel Until(IReadOnlyList<string> outputs)
    {
        IReadOnlyList<string> ends = outputs.Count > 0 ? outputs : Outputs;
        HashSet<string> needed = [.. ends];
        List<NodeProto> nodes = [];
        foreach (NodeProto node in Nodes.Reverse().Where(node => node.Output.Any(needed.Contains)))
        {
            nodes.Add(node);
            needed.UnionWith(node.Input.Where(static input => input.Length > 0));
        }

        nodes.Reverse();
        HashSet<string> made = [.. nodes.SelectMany(static node => node.Output), .. Inputs.Select(static input => input.Name)];
        if (outputs.FirstOrDefault(name => !made.Contains(name)) is { } missing)
            throw new ImportException($"Nothing in the model is called '{Shown(missing)}', so that the import cannot end there.{Like(missing)}");
        if (outputs.Distinct(StringComparer.Ordinal).Count() < outputs.Count)
            throw new ImportException("Two of the outputs at which the import should end are the same.");
        return new OnnxModel
        {
            Opset = Opset,
            Name = Name,
            Shapes = Shapes,
            // An input that only the rest of the model reads is no input of this part.
            Inputs = outputs.Count > 0 ? [.. Inputs.Where(input => needed.Contains(input.Name))] : Inputs,
            Outputs = ends,
            Constants = Constants,
            Nodes = nodes,
        };
    }

    private string Like(string name)
    {
        const int Most = 5;
        string[] like = [.. Nodes.SelectMany(static node => node.Output).Where(output => output.Contains(name, StringComparison.OrdinalIgnoreCase)).Take(Most)];
        return like.Length == 0 ? "" : $" There are {string.Join(", ", like.Select(static output => $"'{Shown(output)}'"))}.";
    }

    /// <summary>The nodes, each after those that it reads. The format demands this order; files that break it exist, and a cycle is told as one.</summary>
    private static List<NodeProto> Sorted(GraphProto graph, Dictionary<string, Tensor> constants, HashSet<string> inputs)
    {
        Dictionary<string, NodeProto> makers = new(StringComparer.Ordinal);
        foreach (NodeProto node in graph.Node)
        {
            foreach (string output in node.Output.Where(output => output.Length > 0))
            {
                if (constants.ContainsKey(output) || inputs.Contains(output) || !makers.TryAdd(output, node))
                    throw new ImportException($"The value '{Shown(output)}' is made twice, the second time by {Describe(node)}.");
            }
        }

        Dictionary<NodeProto, int> waiting = new(ReferenceEqualityComparer.Instance);
        Dictionary<NodeProto, List<NodeProto>> readers = new(ReferenceEqualityComparer.Instance);
        Queue<NodeProto> ready = new();
        foreach (NodeProto node in graph.Node)
        {
            List<NodeProto> sources = [];
            foreach (string name in node.Input.Where(name => name.Length > 0 && !inputs.Contains(name) && !constants.ContainsKey(name)))
                sources.Add(makers.TryGetValue(name, out NodeProto? maker)
                    ? maker
                    : throw new ImportException($"{Describe(node)} reads '{Shown(name)}', which nothing makes."));
            waiting[node] = sources.Count;
            if (sources.Count == 0)
                ready.Enqueue(node);
            foreach (NodeProto source in sources)
            {
                if (!readers.TryGetValue(source, out List<NodeProto>? list))
                    readers[source] = list = [];
                list.Add(node);
            }
        }

        List<NodeProto> order = [];
        while (ready.TryDequeue(out NodeProto? node))
        {
            order.Add(node);
            foreach (NodeProto reader in readers.GetValueOrDefault(node) ?? [])
            {
                if (--waiting[reader] == 0)
                    ready.Enqueue(reader);
            }
        }

        if (order.Count < graph.Node.Count)
            throw new ImportException($"The graph has a cycle, and one is through {Describe(graph.Node.First(node => waiting[node] > 0))}; "
                + "a network is computed from its input to its output.");
        return order;
    }

    /// <summary>As messages name a node.</summary>
    public static string Describe(NodeProto node) => node.Name.Length > 0
        ? $"the {Shown(node.OpType)} '{Shown(node.Name)}'"
        : $"the {Shown(node.OpType)} that makes '{(node.Output.Count > 0 ? Shown(node.Output[0]) : "nothing")}'";

    /// <summary>A name as messages show it: a model can have any text as a name.</summary>
    public static string Shown(string name) => name.Length <= LongestShown ? name : name[..LongestShown] + "...";
}
