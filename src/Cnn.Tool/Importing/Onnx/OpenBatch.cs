using Onnx;

namespace Cnn.Tool.Importing.Onnx;

/// <summary>
/// A model that leaves the number of images open has to compute each for itself. It does if it is the same network for one image and for several: what folds
/// the batch into other axes, or computes with its length, is another one.
/// </summary>
internal static class OpenBatch
{
    /// <summary>
    /// How many images a model is tried with beside the one that it is taken for. An axis that is 1 for one image and 2 for two is the batch.
    /// </summary>
    public const int Several = 2;

    private const string Remedy =
        "The model leaves the number of images open, and this is right for one image alone: "
        + "give the batch axis of its input the length 1, if that is what it is for";

    public static bool Of(ValueInfoProto input) => input.Type.TensorType.Shape.Dim[0].DimValue == 0;

    /// <summary>What keeps a model from being the same network for any number of images, one line a node.</summary>
    /// <param name="one">The network for one image.</param>
    /// <param name="several">The network for several, or null where there is none.</param>
    /// <param name="problems">Why there is none.</param>
    public static IEnumerable<Problem> Problems(ImportedNetwork one, ImportedNetwork? several, IEnumerable<Problem> problems)
    {
        if (several is null)
            return problems.Select(static problem => problem with { Reason = $"{problem.Reason}. {Remedy}" });
        return FirstDifference(one.Layers(), several.Layers()) is { } different
            ? [new Problem(different.Source, $"what it computes of an image depends on how many there are. {Remedy}")]
            : [];
    }

    private static Layer? FirstDifference(List<Layer> one, List<Layer> several)
    {
        Dictionary<Layer, int> positions = [];
        foreach (List<Layer> layers in (List<Layer>[])[one, several])
        {
            for (int index = 0; index < layers.Count; index++)
                positions[layers[index]] = index;
        }

        bool IsSame(Layer a, Layer b) => a.Kind == b.Kind && a.Shape.AsSpan().SequenceEqual(b.Shape)
            && a.Inputs.Select(input => positions[input]).SequenceEqual(b.Inputs.Select(input => positions[input]))
            && a.Arguments.SequenceEqual(b.Arguments) && a.Options.SequenceEqual(b.Options) && a.Constants.AsSpan().SequenceEqual(b.Constants)
            && a.Parameters.Select(parameter => parameter.Name).SequenceEqual(b.Parameters.Select(parameter => parameter.Name))
            && a.Parameters.Zip(b.Parameters).All(pair => IsEqual(pair.First.Values, pair.Second.Values));

        int common = Math.Min(one.Count, several.Count);
        for (int index = 0; index < common; index++)
        {
            if (!IsSame(one[index], several[index]))
                return one[index];
        }

        return one.Count == several.Count ? null : one[^1];
    }

    private static bool IsEqual(Tensor a, Tensor b) => a == b || (a.Shape.AsSpan().SequenceEqual(b.Shape) && a.Reals.AsSpan().SequenceEqual(b.Reals));
}
