using System.Globalization;
using System.Text.RegularExpressions;
using Cnn.Tool.Importing;

namespace Cnn.Tool.Writing;

/// <summary>The names of layers: those that others refer to, and those that the model has names for; the rest keep what the generator calls them.</summary>
internal sealed partial class LayerNaming
{
    private const int LongestName = 40;

    private readonly Dictionary<Layer, string> _names = [];
    private readonly Dictionary<Layer, string> _defaults = [];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public LayerNaming(IReadOnlyList<Layer> order)
    {
        Dictionary<string, int> ordinals = new(StringComparer.Ordinal);
        foreach (Layer layer in order)
        {
            int ordinal = ordinals[layer.Kind] = ordinals.GetValueOrDefault(layer.Kind) + 1;
            string name = layer.Kind.ToLowerInvariant() + ordinal.ToString(CultureInfo.InvariantCulture);
            _defaults[layer] = name;
            _taken.Add(name);
        }

        foreach (Layer layer in order)
        {
            if (layer.ModelName is { } name && name != _defaults[layer] && _taken.Add(name))
                _names[layer] = name;
        }

        for (int index = 1; index < order.Count; index++)
        {
            for (int input = 0; input < order[index].Inputs.Count; input++)
            {
                bool isCurrent = input == 0 && order[index].Inputs[0] == order[index - 1];
                if (!isCurrent)
                    Require(order[index].Inputs[input]);
            }
        }
    }

    /// <summary>The Name to write, or null.</summary>
    public string? Written(Layer layer) => _names.GetValueOrDefault(layer);

    /// <summary>What the layer is called in files and by others.</summary>
    public string Of(Layer layer) => _names.TryGetValue(layer, out string? name) ? name : _defaults[layer];

    private void Require(Layer layer)
    {
        if (_names.ContainsKey(layer))
            return;
        string stem = FromOrigin(layer.Origin) ?? layer.Kind.ToLowerInvariant() + "_out";
        string name = stem;
        for (int number = 2; !_taken.Add(name); number++)
            name = $"{stem}_{number.ToString(CultureInfo.InvariantCulture)}";
        _names[layer] = name;
    }

    /// <summary>
    /// A name of what the model calls a node: without the scope of a device, and of PyTorch's <c>/layer1/layer1.0/relu/Relu</c> the modules without their repetition.
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
        return name.Length is > 0 and <= LongestName && char.IsAsciiLetter(name[0]) ? name : null;
    }

    [GeneratedRegex("^(gpu|cpu)_[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Device();

    [GeneratedRegex("[^A-Za-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Separators();
}
