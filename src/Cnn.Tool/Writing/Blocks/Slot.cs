using System.Globalization;
using Cnn.Tool.Importing;

namespace Cnn.Tool.Writing.Blocks;

/// <summary>An argument in which layers that are otherwise alike may differ.</summary>
/// <param name="Place">The layer's place in the block.</param>
/// <param name="Name">Channels (the first positional argument), Stride or Groups.</param>
internal readonly record struct Slot(int Place, string Name)
{
    public const string Channels = "Channels";
    public const string Stride = "Stride";
    public const string Groups = "Groups";

    /// <summary>Whether a layer says how many channels or features it makes.</summary>
    public static bool HasChannels(Layer layer) => layer.Kind is "Conv" or "ConvTranspose" or "Linear";

    /// <summary>The slots of a layer.</summary>
    public static IEnumerable<Slot> Of(Layer layer, int place)
    {
        if (!HasChannels(layer))
            yield break;
        yield return new Slot(place, Channels);
        if (layer.Kind == "Linear")
            yield break;
        // A stride for each axis is written as an array, which stays as it is.
        if (layer.Options.All(option => option.Name != "Strides"))
            yield return new Slot(place, Stride);
        yield return new Slot(place, Groups);
    }

    /// <summary>What the layer has in the slot.</summary>
    public int Value(Layer layer)
    {
        string name = Name;
        string text = name == Channels ? layer.Arguments[0] : layer.Options.FirstOrDefault(option => option.Name == name).Value ?? "1";
        return int.Parse(text, CultureInfo.InvariantCulture);
    }

    /// <summary>All that layers must have in common to be alike.</summary>
    public static string Token(Layer layer)
    {
        IEnumerable<string> arguments = HasChannels(layer) ? layer.Arguments.Skip(1) : layer.Arguments;
        IEnumerable<string> options = layer.Options.Where(option => !HasChannels(layer) || option.Name is not (Stride or Groups))
            .Select(option => $"{option.Name}={option.Value}");
        return string.Join('|', [layer.Kind, .. arguments, "", .. options, "", .. layer.Parameters.Select(parameter => parameter.Name),
            layer.Inputs.Count.ToString(CultureInfo.InvariantCulture)]);
    }
}
