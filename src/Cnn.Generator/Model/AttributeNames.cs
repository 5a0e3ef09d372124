using Cnn.Definitions;

namespace Cnn.Generator.Model;

/// <summary>The attributes of a declaration by name, and what a name that is none of them was meant to be.</summary>
internal static class AttributeNames
{
    private const string Suffix = "Attribute";

    /// <summary>Layers as other libraries call them. What ends in the number of dimensions needs no entry.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Convolution"] = "Conv",
        ["Dense"] = "Linear",
        ["FullyConnected"] = "Linear",
        ["InnerProduct"] = "Linear",
        ["Concatenate"] = "Concat",
        ["BatchNormalization"] = "BatchNorm",
        ["LayerNormalization"] = "LayerNorm",
        ["GlobalAveragePooling"] = "GlobalAvgPool",
        ["MaxPooling"] = "MaxPool",
        ["AveragePooling"] = "AvgPool",
    };

    private static readonly string[] All = [.. LayerTable.All.Select(static layer => layer.Kind), OutputDefinition.Kind, "Network", "Block"];

    /// <summary>The name without its suffix.</summary>
    public static string Short(string name) =>
        name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - Suffix.Length) : name;

    /// <summary>Whether an attribute of Cnn is called so.</summary>
    public static bool IsKnown(string name) => Array.IndexOf(All, Short(name)) >= 0;

    /// <summary>The attribute that was meant, or null where none is alike.</summary>
    public static string? Nearest(string name)
    {
        string plain = WithoutDimensions(Short(name));
        return Elsewhere.TryGetValue(plain, out string? known) ? known : NearestName.Of(plain, All);
    }

    /// <summary>As PyTorch calls them: Conv2d, BatchNorm1d.</summary>
    private static string WithoutDimensions(string name) =>
        name.Length > 2 && name[name.Length - 1] is 'd' or 'D' && name[name.Length - 2] is '1' or '2' or '3' ? name.Substring(0, name.Length - 2) : name;
}
