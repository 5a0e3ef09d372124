using Cnn.Property.Tests.Drawing;

namespace Cnn.Peers.Tests.Graphs;

/// <summary>Names as exporters give them, and such as no identifier can be.</summary>
internal static class OddNames
{
    public static string OfNode(Dice dice, GraphDraft draft, string type) => dice.Below(10) switch
    {
        < 4 => "",
        < 7 => draft.NewName($"{type}_{draft.Nodes.Count}"),
        _ => draft.NewName(dice.Pick(
            $"/features/{type}", "class", "0", "a b", "größe", $"model.{type.ToLowerInvariant()}.1", "input", "<x>", "\"", "Input", "relu1", "conv1")),
    };

    public static string OfValue(Dice dice, string type) => dice.Chance(80)
        ? $"{type.ToLowerInvariant()}_out"
        : dice.Pick("y", "42", "input.1", $"/net/{type}_output_0", "значение", "a:0", "params[0]", "namespace");

    public static string OfConstant(Dice dice) => dice.Chance(60)
        ? "c"
        : dice.Pick(
            "fc1.weight", "class.weight", "input.weight", "Conv.weight", "conv1.weight", "net.0.weight", "_.weight", "w 1", "0.bias", "string.weight",
            "x1__weight");
}
