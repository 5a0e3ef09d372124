using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>
/// A trainer's convolution by Winograd's tiles, as <see cref="WinogradTiling"/>, over all images of a batch: the tiles of all of them are one run,
/// which workers divide, each its part in strips. A strip may end in a later image, so that small maps fill the matrix products too.
/// </summary>
/// <remarks>
/// Each output is summed over the inputs in order, and a weight's gradient over the tiles in order by the worker that owns that part of it: nothing depends
/// on where strips and parts begin.
/// </remarks>
public sealed record WinogradBatch
{
    /// <summary>Fewer tiles would read the weights more often than they are used.</summary>
    private const int FewestTiles = 32;

    /// <summary>Fewer tiles would bring the sums and take them away more often than they are added to.</summary>
    private const int FewestGradientTiles = 64;

    /// <summary>Inputs whose sums are one unit of a weight's gradient: enough for a tile of registers.</summary>
    private const int FewestInputs = 16;

    /// <inheritdoc cref="FewestInputs"/>
    private const int MostInputs = 64;

    /// <summary>Units of a row of points, where the inputs are enough.</summary>
    private const int WantedChunks = 4;


    /// <summary>Its input, output and window.</summary>
    public required ConvolutionGeometry Convolution { get; init; }

    /// <summary>Outputs of a tile, and taps.</summary>
    public required WinogradForm Form { get; init; }

    /// <summary>Tiles down and across.</summary>
    public required int Down { get; init; }

    /// <inheritdoc cref="Down"/>
    public required int Across { get; init; }

    /// <summary>Tiles of a strip.</summary>
    public required int Strip { get; init; }

    /// <summary>Tiles of a strip of the weight's gradient.</summary>
    public required int GradientStrip { get; init; }

    /// <summary>Tiles of an image.</summary>
    public int Tiles => Down * Across;

    /// <summary>Floats from one point to the next.</summary>
    public int PointStep(int channels) => (Strip * LaneBlocks.Lanes(channels)) + Targets.LineFloats;

    /// <summary>The same of a strip of the weight's gradient.</summary>
    public int GradientPointStep(int channels) => (GradientStrip * LaneBlocks.Lanes(channels)) + Targets.LineFloats;

    /// <summary>The input's border behind each axis, so that every tile is inside.</summary>
    public EquatableArray<int> BorderEnd => WinogradTiling.BorderEnd(Convolution, Form, Down, Across);

    /// <summary>The weight with points for taps.</summary>
    public WeightLayout Weight => WinogradTiling.Weight(Convolution);

    /// <summary>The 36 matrix products of a strip, whose rows are its tiles.</summary>
    public Contraction Products => ProductsOf(Convolution, PointStep(Convolution.Input.Channels), PointStep(Convolution.Output.Channels));

    /// <summary>Inputs of a unit of the weight's gradient.</summary>
    public int InputsOfUnit => InputsOf(Convolution.Input.Channels);

    /// <summary>Units of the weight's gradient: parts of a row of points.</summary>
    public int GradientUnits => WinogradForm.AxisPoints * Chunks;

    /// <summary>Parts of the inputs.</summary>
    public int Chunks => Convolution.Input.Channels / InputsOfUnit;

    /// <summary>The sums of a row of points over a strip: a matrix product for each, of inputs by outputs, which adds to what is there.</summary>
    public Contraction GradientProducts
    {
        get
        {
            WeightLayout weight = Weight;
            int inputPitch = LaneBlocks.Lanes(Convolution.Input.Channels);
            return new Contraction
            {
                Rows = [new RowAxis(Chunks, InputsOfUnit, InputsOfUnit), new RowAxis(InputsOfUnit, 1, 1)],
                Reduction = [new ReductionAxis(Contraction.Images, inputPitch, LaneBlocks.Lanes(Convolution.Output.Channels))],
                Sections = LaneSections.OfPointSums(weight, WinogradForm.AxisPoints, GradientPointStep(weight.Inputs), GradientPointStep(weight.Outputs)),
                Start = StartValue.Previous,
                Units = UnitKind.LaneBlocksAndOuterRows,
            };
        }
    }

    /// <summary>That of a convolution of this form, whether it pays or not; else null.</summary>
    public static WinogradBatch? Of(ConvolutionGeometry conv)
    {
        if (WinogradForm.Of(conv) is not { } form)
            return null;
        int lanes = LaneBlocks.Lanes(conv.Input.Channels) + LaneBlocks.Lanes(conv.Output.Channels);
        int strip = Math.Max(FewestTiles, ReferenceCore.StripFloats / (WinogradForm.Points * lanes));
        return new WinogradBatch
        {
            Convolution = conv,
            Form = form,
            Down = form.Tiles(conv.Output.Axes[0]),
            Across = form.Tiles(conv.Output.Axes[1]),
            Strip = WholeTiles(strip, conv),
            GradientStrip = Math.Max(FewestGradientTiles, ReferenceCore.ResidentFloats / (WinogradForm.AxisPoints * lanes) / 8 * 8),
        };
    }

    /// <summary>The convolution of the output's gradient that a convolution's input gradient is, where it has that form.</summary>
    public static WinogradBatch? OfInputGradient(ConvolutionGeometry conv)
    {
        if (WinogradForm.Of(conv) is not { } form || conv.Window.PaddingBegin.Concat(conv.Window.PaddingEnd).Any(padding => padding > form.Overlap))
            return null;
        return Of(conv with
        {
            Input = conv.Output,
            Output = conv.Input,
            Window = conv.Window with { PaddingBegin = Turned(form, conv.Window.PaddingBegin), PaddingEnd = Turned(form, conv.Window.PaddingEnd) },
        });
    }

    private static EquatableArray<int> Turned(WinogradForm form, EquatableArray<int> paddings) =>
        paddings.Select(padding => form.Overlap - padding).ToEquatableArray();

    private static Contraction ProductsOf(ConvolutionGeometry conv, int inputStep, int outputStep) => new()
    {
        Rows = [new RowAxis(Contraction.Images, LaneBlocks.Lanes(conv.Input.Channels), LaneBlocks.Lanes(conv.Output.Channels))],
        Reduction = [new ReductionAxis(conv.Input.Channels, 1, 1)],
        Sections = LaneSections.OfPoints(WinogradTiling.Weight(conv), inputStep, outputStep),
        Start = StartValue.Zero,
        Units = UnitKind.LaneBlocks,
    };

    /// <summary>At most so many rows that are whole register tiles of 512-bit vectors, and of narrower ones too where that is not much less.</summary>
    private static int WholeTiles(int rows, ConvolutionGeometry conv)
    {
        Contraction products = ProductsOf(conv, 0, 0);
        int wide = KernelText.Widest(products, products.Sections[0]).Tile.InnerRows;
        int narrow = KernelText.Narrow(products, products.Sections[0]).Tile.InnerRows;
        int both = wide / GreatestCommonDivisor.Of(wide, narrow) * narrow;
        return both <= rows ? rows / both * both : Math.Max(1, rows / wide) * wide;
    }

    private static int InputsOf(int channels)
    {
        int chosen = channels;
        for (int inputs = FewestInputs; inputs <= MostInputs; inputs += 8)
        {
            if (channels % inputs == 0 && (chosen == channels || channels / inputs >= WantedChunks))
                chosen = inputs;
        }

        return chosen;
    }
}
