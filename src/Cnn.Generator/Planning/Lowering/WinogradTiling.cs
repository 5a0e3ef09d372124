using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>
/// A predictor's convolution by Winograd's tiles: 6x6 inputs become 36 points, each point is a matrix product [tiles, inputs] · [inputs, outputs] of its
/// own, and their 36 results become 4x4 outputs of a 3x3 kernel, or 2x2 of a 5x5 kernel. 36 multiply-adds take the place of 144, or of 100.
/// </summary>
/// <remarks>
/// Tiles go in strips whose points stay in the second-level cache between the three steps. Points lie as [point][tile][channel], one cache line more
/// than that apart: points at multiples of 4 KB would displace each other from the first-level cache. Source: Lavin and Gray, arXiv 1509.09308.
/// </remarks>
public sealed record WinogradTiling
{

    /// <summary>Fewer tiles would read the weights more often than they are used.</summary>
    private const int FewestTiles = 12;

    /// <summary>
    /// Output channels that workers take in turn: a block of the weights, or several where there would be more turns than text for them is worth.
    /// </summary>
    private const int GroupLanes = 64;

    private const int MostGroups = 4;

    /// <summary>Outputs of a tile, and taps.</summary>
    public required WinogradForm Form { get; init; }

    /// <summary>Tiles down and across.</summary>
    public required int Down { get; init; }

    /// <inheritdoc cref="Down"/>
    public required int Across { get; init; }

    /// <summary>Tiles of a strip; the last strip overlaps the one before where they do not divide.</summary>
    public required int Strip { get; init; }

    /// <summary>How many strips.</summary>
    public required int Strips { get; init; }

    /// <summary>
    /// Equal groups of output channels, where there is one strip: each worker computes all points for itself, and then takes groups in turn, so that
    /// nobody reads what another has just computed.
    /// </summary>
    public required int Groups { get; init; }

    /// <summary>The first tile of a strip.</summary>
    public int First(int strip) => Math.Min(strip * Strip, (Down * Across) - Strip);

    /// <summary>Floats from one point to the next.</summary>
    public int PointStep(int pitch) => (Strip * pitch) + Targets.LineFloats;

    /// <summary>The input's border behind each axis, so that every tile is inside.</summary>
    public EquatableArray<int> BorderEnd(ConvolutionGeometry conv) => BorderEnd(conv, Form, Down, Across);

    /// <summary>The same of so many tiles.</summary>
    public static EquatableArray<int> BorderEnd(ConvolutionGeometry conv, WinogradForm form, int down, int across)
    {
        int[] tiles = [down, across];
        return tiles.Select((count, axis) => (count * form.Outputs) + form.Overlap - conv.Input.Axes[axis] - conv.Window.PaddingBegin[axis]).ToEquatableArray();
    }

    /// <summary>The weight with points for taps.</summary>
    public static WeightLayout Weight(ConvolutionGeometry conv) => conv.Weight with { Taps = WinogradForm.Points };

    /// <summary>Output channels of a group, padded.</summary>
    public int Lanes(ConvolutionGeometry conv) => LaneBlocks.Lanes(conv.Output.Channels) / Groups;

    /// <summary>The 36 matrix products of a group of a strip.</summary>
    public Contraction Products(ConvolutionGeometry conv)
    {
        WeightLayout weight = Weight(conv) with { Outputs = Lanes(conv) };
        int inputPitch = LaneBlocks.Lanes(conv.Input.Channels);
        int outputPitch = Lanes(conv);
        return new Contraction
        {
            Rows = [new RowAxis(Strip, inputPitch, outputPitch)],
            Reduction = [new ReductionAxis(weight.Inputs, 1, 1)],
            Sections = LaneSections.OfPoints(weight, PointStep(inputPitch), PointStep(outputPitch)),
            Start = StartValue.Zero,
            StreamsWeights = Weight(conv).Streams,
        };
    }

    /// <summary>The tiling of a convolution of that form, whether it pays or not; else null.</summary>
    public static WinogradTiling? Of(ConvolutionGeometry conv)
    {
        if (WinogradForm.Of(conv) is not { } form)
            return null;
        (int down, int across) = (form.Tiles(conv.Output.Axes[0]), form.Tiles(conv.Output.Axes[1]));
        int tiles = down * across;
        int lanes = LaneBlocks.Lanes(conv.Input.Channels) + LaneBlocks.Lanes(conv.Output.Channels);
        int most = Math.Max(1, ReferenceCore.StripFloats / (WinogradForm.Points * lanes));
        int strips = tiles <= Math.Max(most, FewestTiles) ? 1 : Math.Min((tiles + most - 1) / most, Math.Max(1, tiles / FewestTiles));

        // An even number, because two workers take turns.
        strips = strips == 1 ? 1 : TensorLayout.RoundUp(strips, 2);
        int strip = (tiles + strips - 1) / strips;
        return new WinogradTiling
        {
            Form = form,
            Down = down,
            Across = across,
            Strip = strip,
            Strips = strips,
            Groups = strips == 1 ? GroupsOf(LaneBlocks.Lanes(conv.Output.Channels)) : 1,
        };
    }

    private static int GroupsOf(int lanes)
    {
        if (lanes % GroupLanes != 0)
            return 1;
        int blocks = lanes / GroupLanes;
        return Enumerable.Range(1, MostGroups).Last(groups => blocks % groups == 0);
    }
}
