using Cnn.CompilerServices;
using Cnn.Generator.Collections;
using Cnn.Generator.Model;
using Cnn.Generator.Planning;

namespace Cnn.Build;

/// <summary>Folds and packs weights by calling what the generated predictor calls when it does so at run time: the numbers are the same, bit by bit.</summary>
internal sealed class WeightPacker(NetworkCore network)
{
    /// <summary>Loads a weights file for a network.</summary>
    /// <exception cref="WeightsException">The file is damaged, or its tensors are not those of the network.</exception>
    public static WeightPacker Load(ShapedNetwork network, string path) => new(NetworkCore.Load(
        [.. network.Layers.SelectMany(static layer => layer.Parameters).Select(Definition)], path));

    /// <summary>What the predictor's kernels read.</summary>
    public PackedWeights Pack(PredictorPlan plan)
    {
        PackedWeights packed = new(plan.PackedFloats);
        foreach (PackedItem item in plan.Packing)
            Add(packed, item);
        foreach (PackedParameter parameter in plan.Parameters)
            packed.AddParameter(network, parameter.Name, Packing(parameter.Layout), parameter.Offset);
        return packed;
    }

    /// <summary>A layer whose numbers were finite before they were folded, and are not any more; null where there is none.</summary>
    public static string? NotFinite(PredictorPlan plan, PackedWeights packed)
    {
        foreach (PackedItem item in plan.Packing)
        {
            bool isFinite = ProblemList.NotFinite(packed.All.Slice(item.WeightOffset, item.Layout.Size)) is null
                && ProblemList.NotFinite(packed.All.Slice(item.BiasOffset, item.Layout.Groups * item.Layout.Outputs)) is null;
            if (!isFinite)
                return item.Layer ?? item.Norms[0].Layer;
        }

        return null;
    }

    private void Add(PackedWeights packed, PackedItem item)
    {
        NormFold[] norms = Folds(item.Norms);
        if (item.Layer is null)
            packed.AddScaleShift(network, item.Layout.Outputs, item.WeightOffset, item.BiasOffset, norms);
        else if (item.Winograd is not null)
            packed.AddWinogradLayer(network, item.Layer, item.HasBias, Packing(item.Layout), item.WeightOffset, item.BiasOffset, norms);
        else if (item.NormsBefore.Length == 0)
            packed.AddLayer(network, item.Layer, item.HasBias, Packing(item.Layout), item.WeightOffset, item.BiasOffset, norms);
        else
            packed.AddLayerBehindNorms(network, item.Layer, item.HasBias, Packing(item.Layout), item.WeightOffset, item.BiasOffset, item.InputChannels,
                Folds(item.NormsBefore), norms);
    }

    private static NormFold[] Folds(EquatableArray<FoldedNorm> norms) => [.. norms.Select(static norm =>
        norm.Mean.Length > 0 ? new NormFold([.. norm.Mean], [.. norm.Deviation]) : new NormFold(norm.Layer, norm.HasWeight, norm.HasBias, norm.Epsilon))];

    private static WeightPacking Packing(WeightLayout layout) =>
        new(layout.Groups, layout.Outputs, layout.Inputs, layout.Taps, layout.Block, layout.InputsFirst);

    /// <summary>What loading needs of it: a trainer's packing plays no part here.</summary>
    private static ParameterDefinition Definition(ParameterShape parameter) =>
        new(parameter.Name, [.. parameter.Shape], parameter.IsTrainable, ParameterStart.Zero, FanIn: 0, Offset: 0, default);
}
