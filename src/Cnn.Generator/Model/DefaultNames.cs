using System.Globalization;
using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

/// <summary>Names the layers that have none of their own: the attribute (or the block's class) in lower case and the ordinal among all of that kind.</summary>
internal static class DefaultNames
{
    public static EquatableArray<LayerSpec> Assign(IEnumerable<LayerSpec> layers)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        return layers.Select(layer => Assign(layer, counts)).ToEquatableArray();
    }

    /// <summary>Named layers count too; a use counts as often as it repeats.</summary>
    private static LayerSpec Assign(LayerSpec layer, Dictionary<string, int> counts)
    {
        BlockUseSpec? use = layer as BlockUseSpec;
        string stem = (use?.Block.Name ?? layer.Kind).ToLowerInvariant();
        counts.TryGetValue(stem, out int count);
        counts[stem] = unchecked(count + Math.Max(use?.Repeat ?? 1, 1));
        if (use is not null)
            layer = use with { FirstOrdinal = count + 1 };
        return layer.IsNamed ? layer : layer with { Name = stem + (count + 1).ToString(CultureInfo.InvariantCulture) };
    }
}
