using Cnn.Property.Tests.Layers;
using Cnn.Property.Tests.Oracle;
using CsCheck;

namespace Cnn.Property.Tests.Drawing;

/// <summary>Random legal networks of one to eight layers, small enough for the oracle.</summary>
/// <param name="focus">The kind of a layer that each has at least once.</param>
internal sealed class NetworkGen(string focus) : Gen<NetworkDescription>
{
    private const int MostElements = 1500;
    private const int MostWork = 60_000;

    public override NetworkDescription Generate(PCG pcg, Size? min, out Size size)
    {
        Dice dice = new(pcg);
        NetworkDescription network = Draw(dice);
        while (!network.Layers.Any(layer => layer.Kind == focus))
            network = Draw(dice);
        size = new Size((ulong)network.Layers.Count);
        return network;
    }

    private NetworkDescription Draw(Dice dice)
    {
        Unfinished network = new(DrawInput(dice));
        int layers = dice.Between(1, 7);
        for (int attempt = 0; attempt < 60 && network.Count <= layers; attempt++)
            TryAppend(dice, network, dice.Chance(20) ? focus : dice.Pick(LayerDrawings.Kinds));
        if (network.Input.Rank > 0 && dice.Chance(30))
        {
            network.Append(dice, new FlattenLayer());
            TryAppend(dice, network, "Linear");
        }

        return network.Description;
    }

    private static MapShape DrawInput(Dice dice)
    {
        int channels = dice.Pick(LayerDrawings.Channels);
        return dice.Below(12) switch
        {
            < 2 => new MapShape(channels),
            < 4 => new MapShape(channels, dice.Between(1, 20)),
            < 10 => dice.Chance(8) ? new MapShape(channels, 1, 1) : new MapShape(channels, dice.Between(1, 11), dice.Between(1, 11)),
            _ => new MapShape(channels, dice.Between(1, 6), dice.Between(1, 6), dice.Between(1, 6)),
        };
    }

    private static void TryAppend(Dice dice, Unfinished network, string kind)
    {
        int last = network.Source;
        if (network.Count > 2 && dice.Chance(15))
            network.Source = dice.Below(network.Count);
        if (LayerDrawings.ByKind[kind](dice, network) is { } layer && IsSmall(network.With(layer)))
            network.Append(dice, layer);
        else
            network.Source = last;
    }

    private static bool IsSmall(NetworkDescription network) => network.Placed.Skip(1).All(placed =>
    {
        MapShape input = network.Placed[placed.Sources[0]].Shape;
        int weights = placed.Layer.Parameters(input).Where(parameter => parameter.Shape.Count > 1).Sum(parameter => parameter.Values.Length);
        return placed.Shape.Length <= MostElements
            && weights * Math.Max(placed.Shape.Positions, placed.Layer is ConvTransposeLayer ? input.Positions : 1) <= MostWork;
    });
}
