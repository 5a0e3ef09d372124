using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>
/// Turns a linear layer into contractions whose rows are the images of the batch. Its input may be a feature map as it lies in memory: the weight is
/// packed to match, so that Flatten moves nothing.
/// </summary>
public static class LinearContractions
{
    public static WeightLayout Weight(TensorShape input, int outFeatures) =>
        new() { Groups = 1, Outputs = outFeatures, Inputs = input.Channels, Taps = input.Positions };

    /// <summary>y[n, o] = bias[o] + sum over i of w[o, i] * x[n, i].</summary>
    public static PlacedContraction Forward(TensorLayout x, TensorLayout y, WeightLayout weight, Epilogue epilogue, TensorLayout? residual)
    {
        EquatableArray<ReductionAxis> reduction = ConvolutionContractions.Merge(
            [new ReductionAxis(weight.Taps, x.Pitch, weight.Inputs), new ReductionAxis(weight.Inputs, 1, 1)]);
        return new PlacedContraction(
            new Contraction
            {
                Rows = [new RowAxis(Contraction.Images, x.Size, y.Size, ResidualStride: residual?.Size ?? 0)],
                Reduction = reduction,
                Sections = LaneSections.OfWeight(weight, false, 0, 0),
                Start = StartValue.Vector,
                Epilogue = epilogue,
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
                Sections = LaneSections.OfGradient(weight, false, masksPadding: false),
                Start = StartValue.Zero,
                Units = UnitKind.LaneBlocksAndOuterRows,
            },
            x.Interior, 0, 0);
    }
}
