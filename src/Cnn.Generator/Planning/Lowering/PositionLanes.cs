using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>
/// The last few channels of a convolution, with positions in the lanes instead of channels: where 2 of 50 channels would fill a vector of their own to a
/// quarter, vectors of neighbouring positions are full.
/// </summary>
/// <remarks>
/// The input is turned into planes, border and all, so that positions that follow each other lie side by side; lanes run over the plane from the first
/// output's position to the last, and what falls on the border between two rows is computed and dropped. The sums have the order that they have with
/// channels in the lanes, and the same bits. It needs strides of 1.
/// </remarks>
public sealed record PositionLanes
{
    /// <summary>More channels than this fill their vectors well enough, on AVX2 at least.</summary>
    private const int MostChannels = 6;

    /// <summary>Lanes in which channels are stored.</summary>
    public const int StoredLanes = 8;

    /// <summary>The sums, with channels as rows and positions as lanes: <c>a</c> are the weights, <c>b</c> the planes.</summary>
    public required Contraction Kernel { get; init; }

    /// <summary>The first of the channels.</summary>
    public required int FirstChannel { get; init; }

    public required int Channels { get; init; }

    /// <summary>The input in its channels-last layout.</summary>
    public required TensorLayout Input { get; init; }

    /// <summary>Where the first output's first tap stands in a plane.</summary>
    public required int PlaneOffset { get; init; }

    /// <summary>Channels of the input.</summary>
    public required int Planes { get; init; }

    /// <summary>Floats from one channel's sums to the next's.</summary>
    public required int SumStride { get; init; }

    /// <summary>The output in its channels-last layout.</summary>
    public required TensorLayout Output { get; init; }

    /// <summary>Floats of a plane.</summary>
    public static int PlaneFloats(TensorLayout input) => input.RawSize / input.Pitch;

    /// <summary>Whether an input with one channel a position is a plane already.</summary>
    public bool InputIsPlane => Planes == 1 && Input.Pitch == 1;

    /// <summary>Floats of the planes, with what the last vectors read behind them.</summary>
    public int InputFloats => TensorLayout.RoundUp((PlaneFloats(Input) * Planes) + Kernel.Sections[0].Width, Targets.LineFloats);

    /// <summary>Floats of the sums; the channels that are stored along with them as padding have room too.</summary>
    public int SumFloats => SumStride * StoredLanes;

    /// <summary>Takes the last channels out of a contraction where that is faster.</summary>
    /// <param name="kernel">All channels, with channels in the lanes.</param>
    /// <param name="weight">The packed weight.</param>
    /// <param name="taps">The axes of the taps as they are before merging: strides in floats of the input, and in rows of the weight.</param>
    /// <param name="input">The layout of what is read.</param>
    /// <param name="output">The layout of what is written.</param>
    /// <param name="offset">Floats from the start of the input to the first tap of the first output.</param>
    /// <param name="firstTap">Rows of the weight before the first tap.</param>
    /// <param name="rest">The channels that are left with channels in the lanes; no sections where none are.</param>
    public static PositionLanes? Split(
        Contraction kernel, WeightLayout weight, IReadOnlyList<ReductionAxis> taps, TensorLayout input, TensorLayout output, int offset,
        int firstTap, out Contraction rest)
    {
        rest = kernel;
        int first = weight.Outputs / Targets.Widest.Lanes * Targets.Widest.Lanes;
        int channels = weight.Outputs - first;
        bool alone = weight.Lanes % Targets.Widest.Lanes == StoredLanes;
        if (!alone || weight.Groups > 1 || kernel.VectorOperand || channels > MostChannels || input.Axes.Length == 0)
            return null;
        int span = 1;
        for (int axis = 0; axis < output.Axes.Length; axis++)
            span += (output.Axes[axis] - 1) * input.Stride(axis) / input.Pitch;
        int width = Width(channels, span);
        int stride = TensorLayout.RoundUp(span, width);
        int steps = weight.Rows;
        if (!Pays(channels, stride, steps, output.Positions, PlaneFloats(input) * weight.Inputs))
            return null;

        rest = kernel with { Sections = kernel.Sections.Where(section => section.Width != StoredLanes).ToEquatableArray() };
        int weights = (first * weight.Rows) + (firstTap * StoredLanes);
        return new PositionLanes
        {
            Kernel = new Contraction
            {
                Rows = [new RowAxis(channels, 1, stride, 1)],
                Reduction = ConvolutionContractions.Merge(
                [
                    .. taps.Select(tap => new ReductionAxis(tap.Count, tap.BStride * StoredLanes, tap.AStride / input.Pitch)),
                    new ReductionAxis(weight.Inputs, StoredLanes, PlaneFloats(input)),
                ]),
                Sections =
                [
                    new LaneSection
                    {
                        Blocks = stride / width,
                        Width = width,
                        ValidLanes = width,
                        AOffset = weights,
                        BOffset = 0,
                        BBlockStep = width,
                        BUnit = 1,
                        COffset = 0,
                        CBlockStep = width,
                        CUnit = 1,
                        StartOffset = first,
                    },
                ],
                Start = kernel.Start == StartValue.Vector ? StartValue.Scalar : kernel.Start,
                Epilogue = kernel.Epilogue,
            },
            FirstChannel = first,
            Channels = channels,
            Input = input,
            PlaneOffset = offset / input.Pitch,
            Planes = weight.Inputs,
            SumStride = stride,
            Output = output,
        };
    }

    private static int Width(int channels, int span) => new[] { 128, 96, 64, 48, 32, 16 }.Where(lanes => channels <= 2 || lanes <= 64)
        .OrderBy(lanes => TensorLayout.RoundUp(span, lanes) + (lanes < 48 ? lanes * 4 : 0)).First();

    /// <summary>
    /// Cycles beside the work: planes, zeros, sums and the merging are calls of their own, through memory of their own. On small maps that counts.
    /// </summary>
    private const double CyclesToBegin = 3000;

    /// <summary>Cycles, about: planes and sums are transposed at about 2 floats a cycle.</summary>
    public double Cycles => CyclesToBegin + Estimate(
        Channels, SumStride, Kernel.Reduction.Aggregate(1, static (product, axis) => product * axis.Count), Output.Positions, PlaneFloats(Input) * Planes);

    /// <summary>Compares cycles: a vector of 8 channels is bound by its loads, 9 for 8 multiply-adds.</summary>
    private static bool Pays(int channels, int lanes, int steps, int positions, int planes) =>
        Estimate(channels, lanes, steps, positions, planes) < 0.85 * (0.56 * positions * steps);

    private static double Estimate(int channels, int lanes, int steps, int positions, int planes) =>
        (0.55 * channels * lanes / ReferenceCore.Lanes * steps) + (0.5 * ((planes > positions * 4 ? planes : 0) + (positions * StoredLanes)));
}
