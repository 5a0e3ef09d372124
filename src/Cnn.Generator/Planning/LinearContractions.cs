using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>
/// Turns a linear layer into contractions whose rows are the images of the batch. Its input may be a feature map as it lies in memory: the weight is
/// packed to match, so that Flatten moves nothing.
/// </summary>
public static class LinearContractions
{
    /// <summary>Above this many floats a panel of weights is worth looping over separately, so that it stays in the second-level cache for all rows.</summary>
    private const int PanelFloats = 32 * 1024;

    public static WeightLayout Weight(TensorShape input, int outFeatures) =>
        new() { Groups = 1, Outputs = outFeatures, Inputs = input.Channels, Taps = input.Positions };

    /// <summary>y[n, o] = bias[o] + sum over i of w[o, i] * x[n, i].</summary>
    public static PlacedContraction Forward(TensorLayout x, TensorLayout y, WeightLayout weight, Epilogue epilogue)
    {
        EquatableArray<ReductionAxis> reduction = ConvolutionContractions.Merge(
            [new ReductionAxis(weight.Taps, x.Pitch, weight.Inputs), new ReductionAxis(weight.Inputs, 1, 1)]);
        bool panels = (long)weight.Rows * weight.Block > 2 * PanelFloats;
        return new PlacedContraction(
            new Contraction
            {
                Rows = [new RowAxis(Contraction.Images, x.Size, y.Size)],
                Reduction = panels ? CutPanels(reduction, weight.Block) : reduction,
                Sections = LaneSections.OfWeight(weight, false, 0, 0),
                Start = StartValue.Vector,
                Epilogue = epilogue,
                Panels = panels,
                Units = UnitKind.LaneBlocks,
            },
            x.Interior, 0, 0);
    }

    /// <summary>dx[n, i] = sum over o of w[o, i] * dy[n, o]; the lanes are the inputs as they lie in memory, the pitch's padding with zero weights.</summary>
    public static PlacedContraction InputGradient(TensorLayout dy, TensorLayout dx, WeightLayout weight)
    {
        EquatableArray<ReductionAxis> reduction = ConvolutionContractions.Merge([new ReductionAxis(weight.Outputs, 1, 1)]);
        return new PlacedContraction(
            new Contraction
            {
                Rows = [new RowAxis(Contraction.Images, dy.Size, dx.Size)],
                Reduction = reduction,
                Sections = LaneSections.OfWeight(TransposedWeight(dx, weight), false, 0, 0),
                Start = StartValue.Zero,
                Units = UnitKind.LaneBlocks,
            },
            0, 0, dx.Interior);
    }

    /// <summary>The packing of the transposed weight: outputs are the map's floats as they lie in memory.</summary>
    public static WeightLayout TransposedWeight(TensorLayout dx, WeightLayout weight) =>
        new() { Groups = 1, Outputs = dx.Pitch * dx.Positions, Inputs = weight.Outputs, Taps = 1 };

    /// <summary>dw[o, i] = sum over n of dy[n, o] * x[n, i].</summary>
    public static PlacedContraction WeightGradient(TensorLayout x, TensorLayout dy, WeightLayout weight)
    {
        return new PlacedContraction(
            new Contraction
            {
                Rows = ConvolutionContractions.WithOuterAxis(
                    ConvolutionContractions.Merge([new RowAxis(weight.Taps, x.Pitch, weight.Inputs), new RowAxis(weight.Inputs, 1, 1)])),
                Reduction = [new ReductionAxis(Contraction.Images, x.Size, dy.Size)],
                Sections = LaneSections.OfGradient(weight, false),
                Start = StartValue.Zero,
                Units = UnitKind.LaneBlocksAndOuterRows,
            },
            x.Interior, 0, 0);
    }

    /// <summary>Cuts the outermost reduction axis so that one panel of weights fits the second-level cache beside the rows.</summary>
    private static EquatableArray<ReductionAxis> CutPanels(EquatableArray<ReductionAxis> reduction, int block)
    {
        ReductionAxis outer = reduction[0];
        int inner = reduction.Skip(1).Aggregate(1, static (product, axis) => product * axis.Count);
        int most = Math.Max(1, PanelFloats / block / inner);
        int panel = 1;
        for (int candidate = 1; candidate <= Math.Min(most, outer.Count); candidate++)
        {
            if (outer.Count % candidate == 0)
                panel = candidate;
        }

        List<ReductionAxis> cut = [new ReductionAxis(outer.Count / panel, outer.AStride * panel, outer.BStride * panel)];
        if (panel > 1)
            cut.Add(outer with { Count = panel });
        cut.AddRange(reduction.Skip(1));
        return cut.ToEquatableArray();
    }
}
