using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>
/// The input gradient of a linear layer with images in the lanes: dx[i, n] = sum over o of w[o, i] dy[n, o], which reads the weight as the forward pass packs
/// it, as scalars. With inputs in the lanes it would need a transposed copy, which costs more to make after each update than there is to compute with it.
/// </summary>
/// <remarks>
/// A chunk of images at a time, dy is transposed into [output][image], each part of the inputs is summed into [input][image], and these sums are transposed
/// to where they belong. The sums run over the outputs in order, so the bits are those of any other form.
/// </remarks>
public sealed record ImageLanes
{
    /// <summary>Images of a chunk. Twice as many would have to come from the second-level cache; half as many leave 512-bit vectors one column.</summary>
    public const int Chunk = 32;

    /// <summary>The sums of one part of the inputs for one chunk; <c>a</c> are the weights, <c>b</c> is dy.</summary>
    public required Contraction Kernel { get; init; }

    /// <summary>Parts of the inputs, which are the units that workers share.</summary>
    public required int Parts { get; init; }

    /// <summary>Floats of the weight from one part to the next.</summary>
    public required int WeightStep { get; init; }

    /// <summary>Floats of dx from one part to the next, all of which are written: behind the channels of a map, zeros.</summary>
    public required int GradientStep { get; init; }

    /// <summary>Inputs of a part.</summary>
    public required int Inputs { get; init; }

    /// <summary>Outputs that are summed over.</summary>
    public required int Outputs { get; init; }

    /// <summary>Outputs as they are stored, with weights of zero for the padding.</summary>
    public required int StoredOutputs { get; init; }

    /// <summary>Floats from one image of dy to the next.</summary>
    public required int OutputStride { get; init; }

    /// <summary>Floats from one image of dx to the next.</summary>
    public required int InputStride { get; init; }

    /// <summary>Plans it for a packed weight; null where the blocks of outputs are not all equally wide.</summary>
    public static ImageLanes? For(TensorLayout dy, TensorLayout dx, WeightLayout weight)
    {
        if (weight.Lanes % weight.Block != 0)
            return null;
        int blocks = weight.Lanes / weight.Block;
        int stored = blocks == 1 ? weight.Outputs : weight.Lanes;
        bool joined = dx.Pitch == weight.Inputs;
        EquatableArray<RowAxis> rows = joined || weight.Taps == 1
            ? ConvolutionContractions.WithOuterAxis([new RowAxis(weight.Rows, weight.Block, Chunk)])
            : [new RowAxis(weight.Taps, weight.Inputs * weight.Block, 0), new RowAxis(weight.Inputs, weight.Block, Chunk)];
        int inputs = rows[1].Count;
        return new ImageLanes
        {
            Kernel = new Contraction
            {
                Rows = rows,
                Reduction = ConvolutionContractions.Merge(
                    [new ReductionAxis(blocks, weight.Rows * weight.Block, weight.Block * Chunk), new ReductionAxis(stored / blocks, 1, Chunk)]),
                Sections = [LaneSection.Plain(Chunk)],
                Start = StartValue.Zero,
                Units = UnitKind.LaneBlocksAndOuterRows,
            },
            Parts = rows[0].Count,
            WeightStep = rows[0].AStride,
            GradientStep = weight.Taps == 1 || joined ? inputs : dx.Pitch,
            Inputs = inputs,
            Outputs = weight.Outputs,
            StoredOutputs = stored,
            OutputStride = dy.Size,
            InputStride = dx.Size,
        };
    }
}
