using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>What the three contractions of a convolution share. A linear layer on a feature map is the convolution whose kernel is the whole map.</summary>
public sealed record ConvolutionGeometry
{
    public required TensorShape Input { get; init; }

    public required TensorShape Output { get; init; }

    public required WindowShape Window { get; init; }

    public required int Groups { get; init; }

    /// <summary>
    /// Weights that a core brings from its own caches in the time of one input from another core's: an estimate, since that way is long or short as
    /// the cores are placed.
    /// </summary>
    private const int WeightsOfAnInput = 2;

    /// <summary>Inputs of each output in the form of <see cref="Spread"/>; else 1.</summary>
    public int InputsOfLane { get; private init; } = 1;

    /// <summary>Neighbouring outputs that read the same inputs in the form of <see cref="Spread"/>; else 1.</summary>
    public int Repeats { get; private init; } = 1;

    /// <summary>Whether each output reads a channel of its own, or in the form of <see cref="Spread"/>, so that lanes can hold the channels of both.</summary>
    public bool IsDepthwise => Groups > 1 && Groups == Output.Channels && Input.Channels * Repeats == Groups * InputsOfLane;

    /// <summary>Floats from one input of all outputs to the next.</summary>
    public int InputStride => Groups / Repeats;

    /// <summary>
    /// The same sums with every output in a lane of its own, beside those of the other groups. Of the input the first channels of all groups lie side by
    /// side, then the second ones; a lane reads that of its group from each of them.
    /// </summary>
    public ConvolutionGeometry Spread() => this with
    {
        Groups = Output.Channels,
        InputsOfLane = Input.Channels / Groups,
        Repeats = Output.Channels / Groups,
    };

    public int Rank => Input.Rank;

    /// <summary>Whether the output is a part of a map, at the positions of which other taps may meet inputs than at those of the first part.</summary>
    public bool IsPart { get; init; }

    /// <summary>Whether it steps over inputs along some axis.</summary>
    public bool HasStride => Window.Stride.Any(static stride => stride > 1);

    /// <summary>Whether neighbouring lines of the output read lines of the input that they share.</summary>
    public bool LinesOverlap => Rank > 1 && ((Window.Kernel[0] - 1) * Window.Dilation[0]) + 1 > Window.Stride[0];

    /// <summary>
    /// Whether workers that do one image together had better divide the rows than the output channels: each then reads all weights, which its cache
    /// keeps from image to image, but of the inputs those alone that it computed itself a layer before. An input from the other core's cache costs as
    /// much time as some weights.
    /// </summary>
    public bool DividesRows => (long)Input.Length * WeightsOfAnInput >= (long)Taps * Weight.Inputs * Output.Channels;

    public int Taps => Window.Kernel.Aggregate(1, static (product, kernel) => product * kernel);

    public WeightLayout Weight => IsDepthwise
        ? LaneBlocks.Apart(new WeightLayout { Groups = 1, Outputs = Output.Channels, Inputs = InputsOfLane, Taps = Taps }, Repeats)
        : new WeightLayout { Groups = Groups, Outputs = Output.Channels / Groups, Inputs = Input.Channels / Groups, Taps = Taps };

    /// <summary>The weight with inputs and outputs exchanged, which the input gradient reads.</summary>
    public WeightLayout TransposedWeight => new() { Groups = Groups, Outputs = Input.Channels / Groups, Inputs = Output.Channels / Groups, Taps = Taps };

    /// <summary>Index distance of neighbouring taps along an axis.</summary>
    public int TapStride(int axis)
    {
        int stride = 1;
        for (int inner = axis + 1; inner < Rank; inner++)
            stride *= Window.Kernel[inner];
        return stride;
    }

    /// <summary>
    /// The first tap of an axis that meets an input from some position, and how many there are up to the last: a kernel that is larger than its map has
    /// taps that meet padding alone.
    /// </summary>
    public (int First, int Count) LiveTaps(int axis)
    {
        if (IsPart)
            return (0, Window.Kernel[axis]);
        int[] live = [.. Enumerable.Range(0, Window.Kernel[axis]).Where(tap => MeetsInput(axis, tap))];
        return live.Length == 0 ? (0, 0) : (live[0], live[live.Length - 1] - live[0] + 1);
    }

    /// <summary>Whether no tap meets padding alone.</summary>
    public bool AreAllTapsLive => Enumerable.Range(0, Rank).All(axis => LiveTaps(axis).Count == Window.Kernel[axis]);

    /// <summary>Which of the <see cref="LiveTaps"/> of an axis meet inputs from each position.</summary>
    public TapRange? LiveTapRange(int axis)
    {
        if (IsPart)
            return null;
        (int first, int count) = LiveTaps(axis);
        return new TapRange(count, Output.Axes[axis], Input.Axes[axis], Window.PaddingBegin[axis] - (first * Window.Dilation[axis]),
            Window.Stride[axis], Window.Dilation[axis]);
    }

    /// <summary>The border that the input needs so that taps of every output are inside it.</summary>
    /// <param name="allTaps">Whether all are read; else the <see cref="LiveTaps"/>.</param>
    public (EquatableArray<int> Begin, EquatableArray<int> End) InputBorder(bool allTaps = true)
    {
        int[] begin = new int[Rank];
        int[] end = new int[Rank];
        for (int axis = 0; axis < Rank; axis++)
        {
            (int first, int count) = allTaps ? (0, Window.Kernel[axis]) : LiveTaps(axis);
            begin[axis] = Math.Max(0, Window.PaddingBegin[axis] - (first * Window.Dilation[axis]));
            int reach = ((Output.Axes[axis] - 1) * Window.Stride[axis]) + ((first + count - 1) * Window.Dilation[axis]) + 1;
            end[axis] = Math.Max(0, reach - Window.PaddingBegin[axis] - Input.Axes[axis]);
        }

        return (begin.ToEquatableArray(), end.ToEquatableArray());
    }

    /// <summary>The border that the output's gradient needs so that every tap of every input's gradient is inside it.</summary>
    public (EquatableArray<int> Begin, EquatableArray<int> End) GradientBorder()
    {
        int[] begin = new int[Rank];
        int[] end = new int[Rank];
        for (int axis = 0; axis < Rank; axis++)
        {
            for (int phase = 0; phase < Window.Stride[axis]; phase++)
            {
                PhaseAxis taps = Phase(axis, phase);
                if (taps.Taps == 0 || taps.Count == 0)
                    continue;
                int first = taps.Offset;
                int last = taps.Offset - ((taps.Taps - 1) * taps.OffsetStep);
                begin[axis] = Math.Max(begin[axis], -last);
                end[axis] = Math.Max(end[axis], first + taps.Count - 1 - (Output.Axes[axis] - 1));
            }
        }

        return (begin.ToEquatableArray(), end.ToEquatableArray());
    }

    /// <summary>
    /// The inputs i = phase + stride * j of one axis, and which taps k reach them: those with (i + padding - k * dilation) divisible by the stride.
    /// They are an arithmetic progression, and so are the outputs that they lead to.
    /// </summary>
    public PhaseAxis Phase(int axis, int phase)
    {
        int stride = Window.Stride[axis];
        int dilation = Window.Dilation[axis];
        int kernel = Window.Kernel[axis];
        int step = stride / GreatestCommonDivisor.Of(stride, dilation);
        int first = 0;
        while (first < kernel && Modulo(phase + Window.PaddingBegin[axis] - (first * dilation), stride) != 0)
            first++;
        int taps = first >= kernel ? 0 : ((kernel - 1 - first) / step) + 1;
        return new PhaseAxis
        {
            Count = (Input.Axes[axis] - phase + stride - 1) / stride,
            Taps = taps,
            FirstTap = first,
            TapStep = step,
            Offset = taps == 0 ? 0 : (phase + Window.PaddingBegin[axis] - (first * dilation)) / stride,
            OffsetStep = dilation * step / stride,
        };
    }

    private bool MeetsInput(int axis, int tap)
    {
        int offset = (tap * Window.Dilation[axis]) - Window.PaddingBegin[axis];
        return Enumerable.Range(0, Output.Axes[axis]).Select(position => (position * Window.Stride[axis]) + offset)
            .Any(place => place >= 0 && place < Input.Axes[axis]);
    }

    private static int Modulo(int value, int divisor) => ((value % divisor) + divisor) % divisor;
}

/// <summary>The inputs of one residue class along one axis, and the taps that reach them.</summary>
public sealed record PhaseAxis
{
    /// <summary>Inputs in the class.</summary>
    public required int Count { get; init; }

    public required int Taps { get; init; }

    public required int FirstTap { get; init; }

    public required int TapStep { get; init; }

    /// <summary>The output index that the first tap leads to from the first input.</summary>
    public required int Offset { get; init; }

    /// <summary>By how much the output index falls from one tap to the next.</summary>
    public required int OffsetStep { get; init; }
}
