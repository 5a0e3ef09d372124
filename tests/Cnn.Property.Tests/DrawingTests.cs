using System.Text.RegularExpressions;
using Cnn.Property.Tests.Drawing;
using Cnn.Property.Tests.Layers;
using Cnn.Property.Tests.Oracle;

namespace Cnn.Property.Tests;

/// <summary>The random networks are as varied as they are said to be.</summary>
public sealed class DrawingTests
{
    private static readonly NetworkDescription[] Many = [.. Enumerable.Range(0, 1200).Select(index => RandomNetworks.Describe(index))];

    [Fact]
    public void Every_layer_of_the_product_is_drawn_among_the_first_ninety() =>
        Assert.Empty(LayerAttributes.Kinds.Except(Many.Take(90).SelectMany(network => network.AllLayers).Select(layer => layer.Kind)));

    [Fact]
    public void Every_argument_of_every_layer_is_drawn() =>
        Assert.Empty(LayerAttributes.Kinds.SelectMany(kind => LayerAttributes.Settings(kind)
            .Where(setting => !TextsOf(kind).Any(text => Regex.IsMatch(text, $@"\b{setting} = ")))
            .Select(setting => $"{kind}.{setting}")));

    [Fact]
    public void Every_number_of_axes_is_drawn_and_so_are_images_of_one_pixel_and_kernels_as_large_as_the_input()
    {
        Assert.Equal([0, 1, 2, 3], Many.Select(network => network.InputShape.Rank).Distinct().Order());
        Assert.Contains(Many, network => network.InputShape is { Rank: 2, Positions: 1 });
        Assert.Contains(Many, network => network.Placed.Any(placed =>
            placed.Layer is ConvLayer conv && conv.Window.Kernel.SequenceEqual(network.Placed[placed.Sources[0]].Shape.Axes)));
    }

    [Fact]
    public void The_same_index_gives_the_same_network() => Assert.Equal(Many[17].ToString(), RandomNetworks.Describe(17).ToString());

    private static IEnumerable<string> TextsOf(string kind) =>
        Many.SelectMany(network => network.AllLayers).Where(layer => layer.Kind == kind).Select(layer => layer.Text);
}
