using Cnn.Tool.Importing;

namespace Cnn.Tool.Writing.Blocks;

/// <summary>What the constants of a block are called.</summary>
internal static class ConstantNames
{
    /// <summary>The name for a slot: after the branch that it is in, or Channels for what comes out and Width for what is between.</summary>
    /// <param name="layers">The block's layers.</param>
    /// <param name="names">Their names.</param>
    /// <param name="slot">The slot.</param>
    public static string Of(IReadOnlyList<Layer> layers, LayerNaming names, Slot slot)
    {
        if (slot.Name != Slot.Channels)
            return slot.Name;
        Layer layer = layers[slot.Place];
        List<Layer> following = Following(layers, layer);
        bool isLast = !following.Any(Slot.HasChannels);
        if (following.Append(layer).Select(names.Written)
            .FirstOrDefault(name => name?.StartsWith(LayerNaming.Branch, StringComparison.Ordinal) == true) is { } branch)
            return char.ToUpperInvariant(branch[0]) + branch[1..] + (isLast ? "" : "Reduce");
        return layer.Kind == "Linear" ? "Features" : isLast || layers.Count(Slot.HasChannels) == 1 ? "Channels" : "Width";
    }

    /// <summary>The layers behind one, as long as each has one reader, until they join others.</summary>
    private static List<Layer> Following(IReadOnlyList<Layer> layers, Layer layer)
    {
        List<Layer> following = [];
        while (layers.Where(reader => reader.Inputs.Contains(layer)).ToArray() is [{ Inputs.Count: 1 } reader])
            following.Add(layer = reader);
        return following;
    }
}
