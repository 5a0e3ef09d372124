using System.Globalization;
using System.Text.RegularExpressions;
using Cnn.Tool.Importing;

namespace Cnn.Tool.Writing;

/// <summary>The names of layers: those that others refer to, and those that the model has names for; the rest keep what the generator calls them.</summary>
internal sealed partial class LayerNaming
{
    /// <summary>In a block, what it takes.</summary>
    public const string BlockInput = "input";

    /// <summary>In a block with [Residual], its projection.</summary>
    public const string Shortcut = "shortcut";

    /// <summary>What the names of layers that a Concat joins begin with.</summary>
    public const string Branch = "branch";

    private const int LongestName = 40;

    private readonly Dictionary<Layer, string> _names = [];
    private readonly Dictionary<Layer, (string Stem, int Ordinal)> _defaults = [];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly ILookup<Layer, Layer> _readers;

    /// <param name="order">The layers that see each other.</param>
    /// <param name="before">A block's input; null for a network.</param>
    public LayerNaming(IReadOnlyList<Layer> order, Layer? before)
    {
        _readers = order.SelectMany(layer => layer.Inputs.Distinct().Select(input => (input, layer))).ToLookup(pair => pair.input, pair => pair.layer);
        if (before is not null)
        {
            _names.Add(before, BlockInput);
            _taken.UnionWith([BlockInput, Shortcut]);
        }

        Dictionary<string, int> ordinals = new(StringComparer.Ordinal);
        // The names of ports come first: they are the model's.
        foreach (Layer port in order.Where(static layer => layer.ModelName is not null && (layer.IsOutput || layer.Kind == "Input")))
        {
            _taken.Add(port.ModelName!);
            _names[port] = port.ModelName!;
        }

        foreach (Layer layer in order.Where(static layer => !layer.IsOutput))
        {
            string stem = (layer.Block ?? layer.Kind).ToLowerInvariant();
            _defaults[layer] = (stem, ordinals.GetValueOrDefault(stem) + 1);
            ordinals[stem] = ordinals.GetValueOrDefault(stem) + layer.Repeat;
            for (int repetition = 0; repetition < layer.Repeat; repetition++)
                _taken.Add(Default(layer, repetition));
        }

        foreach (Layer layer in order.Where(layer => !_names.ContainsKey(layer)))
        {
            if (layer.ModelName is { } name && name != Default(layer, 0) && _taken.Add(name))
                _names[layer] = name;
        }

        Layer? previous = before;
        foreach (Layer layer in order)
        {
            foreach (Layer input in layer.Inputs.Skip(layer.Inputs.Count > 0 && layer.Input == previous ? 1 : 0))
                Require(input);
            previous = layer.IsOutput ? layer.Input : layer;
        }
    }

    /// <summary>The Name to write, or null.</summary>
    public string? Written(Layer layer) => _names.GetValueOrDefault(layer);

    /// <summary>What the layer is called by others, and in files unless it is a block that repeats.</summary>
    public string Of(Layer layer) => _names.TryGetValue(layer, out string? name) ? name : Default(layer, layer.Repeat - 1);

    /// <summary>What one repetition of a block is called in files.</summary>
    public string OfRepetition(Layer use, int repetition) => !_names.TryGetValue(use, out string? name) ? Default(use, repetition)
        : use.Repeat == 1 ? name
        : name + Literal.Of(repetition + 1);

    private string Default(Layer layer, int repetition) => _defaults[layer].Stem + Literal.Of(_defaults[layer].Ordinal + repetition);

    private void Require(Layer layer)
    {
        if (_names.ContainsKey(layer))
            return;
        string stem = FromOrigin(layer.Origin) ?? Role(layer);
        string separator = char.IsAsciiDigit(stem[^1]) ? "_" : "";
        string name = stem;
        for (int number = 2; !Take(name, layer.Repeat); number++)
            name = stem + separator + Literal.Of(number);
        _names[layer] = name;
    }

    /// <summary>Takes a name and, of a block that repeats, those of its repetitions; false where one of them is taken.</summary>
    private bool Take(string name, int repeat)
    {
        string[] names = [name, .. repeat == 1 ? [] : Enumerable.Range(1, repeat).Select(repetition => name + Literal.Of(repetition))];
        if (names.Any(_taken.Contains))
            return false;
        _taken.UnionWith(names);
        return true;
    }

    /// <summary>A name for what a layer does for those that read it.</summary>
    private string Role(Layer layer)
    {
        Layer[] readers = [.. _readers[layer]];
        bool isJoined = readers.Any(reader => reader.Kind is "Add" or "Concat");
        if (readers.Length > 1)
            return isJoined ? "skip" : "shared";
        return readers switch
        {
            [{ Kind: "Concat" } concat] => Branch + Literal.Of(concat.Inputs.IndexOf(layer) + 1),
            [{ Kind: "Add" }] => "term",
            [{ Kind: "Multiply" }] => layer.Kind is "Sigmoid" or "HardSigmoid" ? "gate" : "factor",
            _ => layer.Kind.ToLowerInvariant() + "_out",
        };
    }

    /// <summary>
    /// A name of what the model calls a node: without the scope of a device, and of PyTorch's <c>/layer1/layer1.0/relu/Relu</c> the modules without
    /// their repetition. Null for a mere number, which would not make a declaration easier to read.
    /// </summary>
    private static string? FromOrigin(string origin)
    {
        string[] parts = origin.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (origin.StartsWith('/') && parts.Length > 1)
            parts = parts[..^1];
        List<string> kept = [];
        for (int index = 0; index < parts.Length; index++)
        {
            bool isRepeated = index + 1 < parts.Length && parts[index + 1].StartsWith(parts[index] + ".", StringComparison.Ordinal);
            bool isDevice = Device().IsMatch(parts[index]);
            if (!isRepeated && !isDevice)
                kept.Add(parts[index]);
        }

        string name = Separators().Replace(string.Join("_", kept), "_").Trim('_');
        return name.Length is > 0 and <= LongestName && char.IsAsciiLetter(name[0]) && !MereNumber().IsMatch(name) ? name : null;
    }

    [GeneratedRegex("^(gpu|cpu)_[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Device();

    [GeneratedRegex("[^A-Za-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Separators();

    [GeneratedRegex("^([A-Za-z]|node|output|tensor)_?[0-9]+$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex MereNumber();
}
