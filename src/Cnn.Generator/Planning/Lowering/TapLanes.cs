using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>
/// The weight gradient of the last few output channels of a convolution, with neighbouring taps and their inputs in the lanes instead of output channels:
/// where 2 of 50 channels would fill a vector of their own to a quarter, the 5 x 20 floats that a row of the kernel sees fill vectors whole.
/// </summary>
/// <remarks>
/// <c>c</c>[channel, (tap, input)] sums dy[channel], a scalar, times x[(tap, input)], which lie side by side in the input's channels-last layout, in the order
/// of the positions as ever: the bits are those that channels in the lanes give. The sums of all images go among the other channels' once, at the end.
/// </remarks>
public sealed record TapLanes
{
    /// <summary>More channels than this fill a vector of 8 well enough.</summary>
    private const int MostChannels = 6;

    /// <summary>Lanes in which the channels' gradient is stored.</summary>
    public const int StoredLanes = 8;

    /// <summary>The sums, with channels as rows; <c>a</c> is dy, <c>b</c> is x.</summary>
    public required Contraction Kernel { get; init; }

    /// <summary>The first of the channels.</summary>
    public required int FirstChannel { get; init; }

    public required int Channels { get; init; }

    /// <summary>Floats of the sums.</summary>
    public required int SumFloats { get; init; }

    /// <summary>The axes of the kernel that are not in the lanes.</summary>
    public required int OuterTaps { get; init; }

    /// <summary>Taps in the lanes.</summary>
    public required int Taps { get; init; }

    /// <summary>Lanes from one tap to the next.</summary>
    public required int TapPitch { get; init; }

    /// <summary>Inputs of a tap.</summary>
    public required int Inputs { get; init; }

    /// <summary>Lanes of a channel's sums.</summary>
    public required int Width { get; init; }

    /// <summary>Floats of the gradient before that of the first of the channels.</summary>
    public required int GradientOffset { get; init; }

    /// <summary>Takes the last channels out of a weight gradient where that is faster.</summary>
    /// <param name="kernel">All channels, with channels in the lanes.</param>
    /// <param name="conv">The convolution.</param>
    /// <param name="x">The layout of what is read as scalars there, and in the lanes here.</param>
    /// <param name="dy">The other way round.</param>
    /// <param name="rest">The channels that are left with channels in the lanes; no sections where none are.</param>
    public static TapLanes? Split(Contraction kernel, ConvolutionGeometry conv, TensorLayout x, TensorLayout dy, out Contraction rest)
    {
        rest = kernel;
        WeightLayout weight = conv.Weight;
        int first = weight.Outputs / Targets.Widest.Lanes * Targets.Widest.Lanes;
        int channels = weight.Outputs - first;
        if (weight.Lanes % Targets.Widest.Lanes != StoredLanes || weight.Groups > 1 || kernel.VectorOperand || channels > MostChannels || conv.Rank == 0)
            return null;
        int last = conv.Rank - 1;
        bool joined = conv.Window.Dilation[last] == 1;
        int taps = joined ? conv.Window.Kernel[last] : 1;
        int run = ((taps - 1) * x.Pitch) + weight.Inputs;
        int width = TensorLayout.RoundUp(run, run <= StoredLanes ? StoredLanes : Targets.Widest.Lanes);
        List<(int Count, int Stride)> outer =
            [.. Enumerable.Range(0, joined ? last : conv.Rank).Select(axis => (conv.Window.Kernel[axis], conv.Window.Dilation[axis] * x.Stride(axis)))];
        Contraction lanes = new()
        {
            Rows = [new RowAxis(channels, 1, width)],
            Reduction = ConvolutionContractions.Merge(Enumerable.Range(0, conv.Rank)
                .Select(axis => new ReductionAxis(conv.Output.Axes[axis], dy.Stride(axis), conv.Window.Stride[axis] * x.Stride(axis)))),
            Sections = LaneSections.Join(
                [.. Offsets(outer).Select((at, index) => LaneSection.Plain(width) with { BOffset = at, COffset = index * channels * width })]),
            Start = StartValue.Previous,
            Units = UnitKind.LaneBlocks,
        };
        LaneSection stored = kernel.Sections.First(static section => section.Width == StoredLanes);
        double units = kernel.Rows.Take(kernel.OuterRowAxes).Aggregate(1.0, static (product, axis) => product * axis.Count);
        double before = units * KernelText.Narrow(kernel, stored).Cycles;
        double after = lanes.Sections.Sum(section => section.Blocks * KernelText.Widest(lanes, section).Cycles);
        if (after > 0.85 * before)
            return null;
        rest = kernel with { Sections = kernel.Sections.Where(static section => section.Width != StoredLanes).ToEquatableArray() };
        return new TapLanes
        {
            Kernel = lanes,
            FirstChannel = first,
            Channels = channels,
            SumFloats = outer.Aggregate(channels * width, static (product, axis) => product * axis.Count),
            OuterTaps = outer.Aggregate(1, static (product, axis) => product * axis.Count),
            Taps = taps,
            TapPitch = x.Pitch,
            Inputs = weight.Inputs,
            Width = width,
            GradientOffset = first * weight.Rows,
        };
    }

    /// <summary>Where each tap of the axes that are not in the lanes stands in x, in order.</summary>
    private static IEnumerable<int> Offsets(IReadOnlyList<(int Count, int Stride)> axes)
    {
        int count = axes.Aggregate(1, static (product, axis) => product * axis.Count);
        for (int index = 0; index < count; index++)
        {
            int rest = index;
            int offset = 0;
            for (int axis = axes.Count - 1; axis >= 0; axis--)
            {
                offset += rest % axes[axis].Count * axes[axis].Stride;
                rest /= axes[axis].Count;
            }

            yield return offset;
        }
    }
}
