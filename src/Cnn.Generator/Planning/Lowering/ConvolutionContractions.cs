using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>A contraction and where its operands start.</summary>
/// <param name="Kernel">The loops.</param>
/// <param name="AOffset">Floats from the start of the image's tensor to the first element that is read.</param>
/// <param name="BOffset">The same for <c>b</c>.</param>
/// <param name="COffset">The same for <c>c</c>.</param>
/// <param name="Last">The last few channels where these are computed apart; then <paramref name="Kernel"/> has the others, which may be none.</param>
/// <param name="LastGradient">The same for a weight gradient.</param>
/// <param name="ResidualOffset">The same for the residual.</param>
public sealed record PlacedContraction(
    Contraction Kernel, int AOffset, int BOffset, int COffset, PositionLanes? Last = null, TapLanes? LastGradient = null, int ResidualOffset = 0);

/// <summary>Turns a convolution into contractions: forward, input gradient (one for each residue of the stride) and weight gradient.</summary>
public static class ConvolutionContractions
{
    /// <summary>y[o, p] = bias[o] + sum over taps and inputs of w[o, i, tap] * x[i, p * stride + tap * dilation - padding].</summary>
    /// <remarks>Taps that meet nothing but padding are left out: zeros change no sum.</remarks>
    /// <param name="conv">The convolution.</param>
    /// <param name="x">The input.</param>
    /// <param name="y">The output.</param>
    /// <param name="epilogue">What is done to a finished sum.</param>
    /// <param name="splits">Whether the last few channels may be computed apart.</param>
    /// <param name="residual">What the epilogue adds.</param>
    public static PlacedContraction Forward(
        ConvolutionGeometry conv, TensorLayout x, TensorLayout y, Epilogue epilogue, bool splits = true, TensorLayout? residual = null)
    {
        WeightLayout weight = conv.Weight;
        List<RowAxis> rows = [];
        List<ReductionAxis> reduction = [];
        int offset = x.Interior;
        int tapOffset = 0;
        for (int axis = 0; axis < conv.Rank; axis++)
        {
            (int first, int count) = conv.LiveTaps(axis);
            (int step, int tapStep) = (conv.Window.Dilation[axis] * x.Stride(axis), conv.TapStride(axis) * weight.Inputs);
            rows.Add(new RowAxis(
                conv.Output.Axes[axis], conv.Window.Stride[axis] * x.Stride(axis), y.Stride(axis), ResidualStride: residual?.Stride(axis) ?? 0));
            reduction.Add(new ReductionAxis(count, step, tapStep));
            offset += (first * step) - (conv.Window.PaddingBegin[axis] * x.Stride(axis));
            tapOffset += first * tapStep;
        }

        List<ReductionAxis> taps = [.. reduction];
        ReductionAxis inputs = new(weight.Inputs, conv.IsDepthwise ? conv.InputStride : 1, 1);
        reduction.Add(inputs);
        bool empty = taps.Any(static axis => axis.Count == 0);
        EquatableArray<RowAxis> mergedRows = Merge(rows);
        EquatableArray<ReductionAxis> merged = empty ? [new ReductionAxis(0, 0, 0)] : Merge(reduction);
        // Lines of the map are one axis of the loops, and their taps too, unless they follow each other without a border.
        bool byLine = mergedRows.Length > 0 && mergedRows[0] == rows[0] && merged.Length > 0 && merged[0] == taps[0];
        bool hasLines = mergedRows.Length > 1 && !empty && mergedRows[mergedRows.Length - 1] == rows[rows.Count - 1];
        Contraction kernel = new()
        {
            Rows = mergedRows,
            Reduction = merged,
            Line = hasLines ? LineTaps.Of(conv.LiveTapRange(conv.Rank - 1), Merge(taps.Take(conv.Rank - 1)), taps[conv.Rank - 1], inputs) : null,
            OutermostTaps = byLine && conv.LiveTapRange(0) is { Pays: true } range ? range : null,
            Sections = Behind(LaneSections.OfWeight(weight, conv.IsDepthwise, weight.Inputs, weight.Outputs, conv.Repeats), tapOffset),
            Start = StartValue.Vector,
            Epilogue = epilogue,
            VectorOperand = conv.IsDepthwise,
            Repeats = conv.Repeats,
            KeepsNeighbours = weight.Groups > 1,
            DividesRows = conv.DividesRows,
            StreamsWeights = weight.Streams,
            Strips = Strips(conv, x),
        };
        PositionLanes? last = conv.HasStride || empty || !splits ? null : PositionLanes.Split(kernel, weight, taps, x, y, offset, tapOffset, out kernel);
        return new PlacedContraction(kernel, offset, 0, y.Interior, last, ResidualOffset: residual?.Interior ?? 0);
    }

    /// <summary>dx[i, q] = start[i] + the sum over outputs and those taps with q = p * stride + tap * dilation - padding of w[o, i, tap] * dy[o, p].</summary>
    /// <remarks>Start and epilogue are those of a transposed convolution, whose forward pass this is.</remarks>
    public static IEnumerable<PlacedContraction> InputGradient(
        ConvolutionGeometry conv, TensorLayout dy, TensorLayout dx, StartValue start, Epilogue epilogue, bool splits = true, TensorLayout? residual = null)
    {
        int[] phase = new int[conv.Rank];
        while (true)
        {
            PlacedContraction? part = InputGradientPhase(conv, dy, (dx, residual), phase, start, epilogue, splits);
            if (part is not null)
                yield return part;
            int axis = conv.Rank - 1;
            while (axis >= 0 && ++phase[axis] == conv.Window.Stride[axis])
                phase[axis--] = 0;
            if (axis < 0)
                yield break;
        }
    }

    /// <summary>dw[o, i, tap] += sum over positions of dy[o, p] * x[i, p * stride + tap * dilation - padding], for one image.</summary>
    /// <param name="conv">The convolution.</param>
    /// <param name="x">What is read as scalars.</param>
    /// <param name="dy">What is read as vectors.</param>
    /// <param name="masksPadding">Whether the padding lanes of dy may hold anything, so that their sums must not be stored.</param>
    public static PlacedContraction WeightGradient(ConvolutionGeometry conv, TensorLayout x, TensorLayout dy, bool masksPadding)
    {
        WeightLayout weight = conv.Weight;
        List<RowAxis> rows = [];
        List<ReductionAxis> reduction = [];
        for (int axis = 0; axis < conv.Rank; axis++)
        {
            rows.Add(new RowAxis(conv.Window.Kernel[axis], conv.Window.Dilation[axis] * x.Stride(axis), conv.TapStride(axis) * weight.Inputs));
            reduction.Add(new ReductionAxis(conv.Output.Axes[axis], conv.Window.Stride[axis] * x.Stride(axis), dy.Stride(axis)));
        }

        if (!conv.IsDepthwise)
            rows.Add(new RowAxis(weight.Inputs, 1, 1));
        Contraction kernel = new()
        {
            Rows = WithOuterAxis(Merge(rows)),
            Reduction = Merge(reduction),
            Sections = LaneSections.OfGradient(weight, conv.IsDepthwise, masksPadding),
            Start = StartValue.Previous,
            VectorOperand = conv.IsDepthwise,
            Units = UnitKind.LaneBlocksAndOuterRows,
        };
        int offset = x.Interior;
        for (int axis = 0; axis < conv.Rank; axis++)
            offset -= conv.Window.PaddingBegin[axis] * x.Stride(axis);
        TapLanes? last = TapLanes.Split(kernel, conv, x, dy, out kernel);
        return new PlacedContraction(kernel, offset, dy.Interior, 0, LastGradient: last);
    }

    /// <summary>
    /// In how many strips all blocks of outputs go over an input that the second-level cache does not keep beside the weights. Lanes that hold the
    /// channels of both read others in each block, but where lines of the map are read again, few of them are to be kept.
    /// </summary>
    private static int Strips(ConvolutionGeometry conv, TensorLayout x)
    {
        WeightLayout weight = conv.Weight;
        bool isReadAgain = conv.IsDepthwise ? conv.LinesOverlap : weight.Groups > 1 || weight.Lanes > weight.Block;
        return isReadAgain && x.Size > ReferenceCore.RereadFloats && weight.Size <= ReferenceCore.RereadFloats
            ? (x.Size + ReferenceCore.InputStripFloats - 1) / ReferenceCore.InputStripFloats
            : 1;
    }

    /// <summary>Joins neighbouring axes that are one contiguous progression in both operands: fewer loops, longer runs.</summary>
    public static EquatableArray<ReductionAxis> Merge(IEnumerable<ReductionAxis> axes)
    {
        List<ReductionAxis> merged = [];
        foreach (ReductionAxis axis in axes)
        {
            if (axis.Count == 1)
                continue;
            if (merged.Count > 0 && merged[^1].AStride == axis.Count * axis.AStride && merged[^1].BStride == axis.Count * axis.BStride)
                merged[^1] = axis with { Count = merged[^1].Count * axis.Count };
            else
                merged.Add(axis);
        }

        return merged.ToEquatableArray();
    }

    /// <summary>The same for rows.</summary>
    public static EquatableArray<RowAxis> Merge(IEnumerable<RowAxis> axes)
    {
        List<RowAxis> merged = [];
        foreach (RowAxis axis in axes)
        {
            if (axis.Count == 1)
                continue;
            bool known = axis.Count != Contraction.Images && merged.Count > 0 && merged[^1].Count != Contraction.Images;
            if (known && merged[^1].AStride == axis.Count * axis.AStride && merged[^1].CStride == axis.Count * axis.CStride
                && merged[^1].ResidualStride == axis.Count * axis.ResidualStride)
                merged[^1] = axis with { Count = merged[^1].Count * axis.Count };
            else
                merged.Add(axis);
        }

        return merged.ToEquatableArray();
    }

    /// <summary>Cuts a lone row axis in two, so that its outer part can be shared among workers.</summary>
    public static EquatableArray<RowAxis> WithOuterAxis(EquatableArray<RowAxis> rows)
    {
        if (rows.Length != 1)
            return rows;
        RowAxis axis = rows[0];
        for (int inner = Math.Min(64, axis.Count); inner >= 8; inner--)
        {
            if (axis.Count % inner == 0)
                return [new RowAxis(axis.Count / inner, axis.AStride * inner, axis.CStride * inner), axis with { Count = inner }];
        }

        return [new RowAxis(1, 0, 0), axis];
    }

    /// <summary>The sections of those rows of the weight that stand behind some others.</summary>
    private static EquatableArray<LaneSection> Behind(EquatableArray<LaneSection> sections, int rows) =>
        sections.Select(section => section with { BOffset = section.BOffset + (rows * section.BUnit) }).ToEquatableArray();

    private static PlacedContraction? InputGradientPhase(
        ConvolutionGeometry conv, TensorLayout dy, (TensorLayout Sums, TensorLayout? Residual) maps, int[] phase, StartValue start, Epilogue epilogue,
        bool splits)
    {
        (TensorLayout dx, TensorLayout? residual) = maps;
        WeightLayout weight = conv.IsDepthwise ? conv.Weight : conv.TransposedWeight;
        List<RowAxis> rows = [];
        List<ReductionAxis> reduction = [];
        int aOffset = dy.Interior;
        int tapOffset = 0;
        int cOffset = dx.Interior;
        int residualOffset = residual?.Interior ?? 0;
        bool empty = false;
        for (int axis = 0; axis < conv.Rank; axis++)
        {
            PhaseAxis part = conv.Phase(axis, phase[axis]);
            if (part.Count <= 0)
                return null;
            empty |= part.Taps == 0;
            int stride = conv.Window.Stride[axis];
            rows.Add(new RowAxis(part.Count, dy.Stride(axis), stride * dx.Stride(axis), ResidualStride: stride * (residual?.Stride(axis) ?? 0)));
            reduction.Add(new ReductionAxis(part.Taps, -part.OffsetStep * dy.Stride(axis), part.TapStep * conv.TapStride(axis) * weight.Inputs));
            aOffset += part.Offset * dy.Stride(axis);
            tapOffset += part.FirstTap * conv.TapStride(axis) * weight.Inputs;
            cOffset += phase[axis] * dx.Stride(axis);
            residualOffset += phase[axis] * (residual?.Stride(axis) ?? 0);
        }

        List<ReductionAxis> taps = [.. reduction];
        if (!conv.IsDepthwise)
            reduction.Add(new ReductionAxis(weight.Inputs, 1, 1));
        EquatableArray<LaneSection> sections = LaneSections.OfWeight(weight, conv.IsDepthwise, weight.Inputs, weight.Outputs);
        Contraction kernel = new()
        {
            Rows = Merge(rows),
            Reduction = empty ? [new ReductionAxis(0, 0, 0)] : Merge(reduction),
            Sections = empty ? sections : Behind(sections, tapOffset),
            Start = start,
            Epilogue = epilogue,
            VectorOperand = conv.IsDepthwise,
            KeepsNeighbours = weight.Groups > 1,
            DividesRows = conv.DividesRows,
        };
        PositionLanes? last = conv.HasStride || empty || !splits ? null : PositionLanes.Split(kernel, weight, taps, dy, dx, aOffset, tapOffset, out kernel);
        return new PlacedContraction(kernel, empty ? dy.Interior : aOffset, 0, cOffset, last, ResidualOffset: residualOffset);
    }
}
