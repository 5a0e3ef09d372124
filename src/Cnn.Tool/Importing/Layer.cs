namespace Cnn.Tool.Importing;

/// <summary>A layer of a network that is being imported: what becomes one attribute. Rewrites change it in place.</summary>
/// <param name="kind">
/// The attribute's name; one that starts with a lower-case letter is an operation that has to be rewritten into layers before the end.
/// </param>
/// <param name="shape">Of the output: channels first, without the batch.</param>
/// <param name="source">The node of the model, for messages.</param>
internal sealed class Layer(string kind, int[] shape, string source)
{
    /// <summary>The order of a port's numbers that is not the default.</summary>
    public const string ChannelsLast = "DataLayout.ChannelsLast";

    public string Kind { get; set; } = kind;

    public int[] Shape { get; set; } = shape;

    public string Source { get; } = source;

    public List<Layer> Inputs { get; init; } = [];

    /// <summary>Positional arguments as they are written.</summary>
    public List<string> Arguments { get; set; } = [];

    /// <summary>Named arguments as they are written.</summary>
    public List<(string Name, string Value)> Options { get; set; } = [];

    /// <summary>The last part of the name, and the numbers in PyTorch's shape.</summary>
    public List<(string Name, Tensor Values)> Parameters { get; set; } = [];

    /// <summary>One number, or one a channel: of an operation with a constant.</summary>
    public double[] Constants { get; set; } = [];

    /// <summary>What the model calls the layer's module, if that is a name; it becomes the Name.</summary>
    public string? ModelName { get; set; }

    /// <summary>What the model calls the node or its output; a Name is made of it where one is needed.</summary>
    public string Origin { get; set; } = "";

    /// <summary>The class of the block of which this is a use; null for a layer.</summary>
    public string? Block { get; init; }

    /// <summary>How many times a block runs, each on the output of the one before.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>What rearranges this layer's output, by kind and arguments, so that all who need the same read one.</summary>
    private Dictionary<string, Layer>? _derived;

    /// <summary>Of an input or an output, its shape as the caller's numbers lie.</summary>
    public int[] CallersShape => Has("Layout", ChannelsLast) ? [.. Shape[1..], Shape[0]] : Shape;

    /// <summary>Whether it is the mark of an output, and no layer.</summary>
    public bool IsOutput => Kind == "Output";

    public bool IsLayer => char.IsUpper(Kind[0]);

    public int Channels => Shape[0];

    public int Rank => Shape.Length - 1;

    public int Length => Shape.Aggregate(1, (product, axis) => product * axis);

    public Layer Input => Inputs[0];

    public Tensor? Parameter(string name) => Parameters.FirstOrDefault(parameter => parameter.Name == name).Values;

    public void SetParameter(string name, Tensor values)
    {
        int index = Parameters.FindIndex(parameter => parameter.Name == name);
        if (index < 0)
            Parameters.Add((name, values));
        else
            Parameters[index] = (name, values);
    }

    public bool Has(string option, string value) => Options.Contains((option, value));

    /// <summary>A layer without parameters that reads this one: the one that was made before, or a new one.</summary>
    /// <param name="kind">The attribute's name.</param>
    /// <param name="arguments">Its arguments as they are written.</param>
    /// <param name="shape">Of its output.</param>
    /// <param name="source">The node of the model, for messages.</param>
    /// <param name="options">Its named arguments.</param>
    public Layer Derived(string kind, string[] arguments, int[] shape, string source, params (string Name, string Value)[] options)
    {
        string key = $"{kind}({string.Join(", ", arguments.Concat(options.Select(static option => $"{option.Name} = {option.Value}")))}):{Tensor.Text(shape)}";
        _derived ??= new Dictionary<string, Layer>(StringComparer.Ordinal);
        if (!_derived.TryGetValue(key, out Layer? layer))
            _derived[key] = layer = new Layer(kind, shape, source) { Inputs = [this], Arguments = [.. arguments], Options = [.. options] };
        return layer;
    }

    /// <summary>Makes another layer of this one; its readers and its shape stay.</summary>
    public void Become(string kind, Layer input, params (string Name, string Value)[] options)
    {
        Kind = kind;
        Inputs.Clear();
        Inputs.Add(input);
        Arguments = [];
        Options = [.. options];
        Parameters = [];
        Constants = [];
    }
}
