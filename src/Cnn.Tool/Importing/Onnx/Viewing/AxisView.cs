namespace Cnn.Tool.Importing.Onnx.Viewing;

/// <summary>
/// How the axes that a model sees are made of the axes of a layer's output. Both are lists of factors, the outer ones first: after a reshape of C x H x W to
/// 2, C / 2, HW and a transposition of the first two, the model sees [C / 2], [2], [H, W], and the layer has [2, C / 2], [H], [W]. Nothing has been moved yet.
/// </summary>
/// <remarks>A factor of the model that no axis of the layer has is a repetition: the same elements again and again.</remarks>
internal sealed class AxisView
{
    private readonly AxisFactor[][] _model;
    private readonly AxisFactor[][] _layer;

    private AxisView(AxisFactor[][] model, AxisFactor[][] layer)
    {
        _model = model;
        _layer = layer;
        Axes = [.. model.Select(LengthOf)];
    }

    /// <summary>The model's axes.</summary>
    public IReadOnlyList<AxisFactor[]> Model => _model;

    /// <summary>The layer's axes, the batch first.</summary>
    public IReadOnlyList<AxisFactor[]> Layer => _layer;

    /// <summary>The shape that the model sees.</summary>
    public int[] Axes { get; }

    /// <summary>How many images there are.</summary>
    public int Batch => LengthOf(_layer[0]);

    /// <summary>Whether the model sees the layer's own axes.</summary>
    public bool IsNatural => _model.Length == _layer.Length && _model.Zip(_layer).All(static pair => pair.First.SequenceEqual(pair.Second));

    /// <summary>Whether some elements are shown more than once.</summary>
    public bool Repeats => _model.Any(axis => axis.Any(IsRepetition));

    /// <summary>The view of a layer's own axes.</summary>
    /// <param name="batch">The images.</param>
    /// <param name="shape">The layer's shape.</param>
    public static AxisView Natural(int batch, int[] shape)
    {
        AxisFactor[][] axes = [Whole(batch), .. shape.Select(Whole)];
        return new AxisView(axes, axes);
    }

    /// <summary>One factor, or none for a length of 1.</summary>
    public static AxisFactor[] Whole(int length) => length == 1 ? [] : [new AxisFactor(length)];

    public static int LengthOf(IEnumerable<AxisFactor> factors) => factors.Aggregate(1, static (product, factor) => product * factor.Length);

    public bool IsRepetition(AxisFactor factor) => !_layer.Any(axis => axis.Contains(factor));

    /// <summary>Whether a factor is of the batch.</summary>
    public bool IsBatch(AxisFactor factor) => _layer[0].Contains(factor);

    /// <summary>The model's axes as one image has them: without what is of the batch, and without those of which then nothing is left.</summary>
    public List<AxisFactor[]> AxesOfImage() =>
        [.. _model.Select(axis => axis.Where(factor => !IsBatch(factor)).ToArray()).Where(static axis => axis.Length > 0)];

    /// <summary>The same view with other axes of the model.</summary>
    public AxisView WithModel(IEnumerable<AxisFactor[]> model) => new AxisView([.. model], _layer).Merged();

    public static AxisView Of(IEnumerable<AxisFactor[]> model, IEnumerable<AxisFactor[]> layer) => new AxisView([.. model], [.. layer]).Merged();

    /// <summary>The same view with each element once.</summary>
    public AxisView WithoutRepetitions() =>
        Repeats ? new AxisView([.. _model.Select(axis => axis.Where(factor => !IsRepetition(factor)).ToArray())], _layer) : this;

    public AxisView Transposed(int[] order) => new AxisView([.. order.Select(axis => _model[axis])], _layer).Merged();

    /// <summary>The same elements in the same order under other axes, or null where an axis would have to be cut between its factors.</summary>
    public AxisView? Reshaped(int[] axes)
    {
        // As one axis, in which neighbours are merged that the layer has side by side.
        AxisView flat = WithModel([[.. _model.SelectMany(static axis => axis)]]);
        AxisFactor[][] layer = flat._layer;
        LinkedList<AxisFactor> left = new(flat._model[0]);
        AxisFactor[][] model = new AxisFactor[axes.Length][];
        for (int axis = 0; axis < axes.Length; axis++)
        {
            List<AxisFactor> taken = [];
            int needed = axes[axis];
            while (needed > 1)
            {
                if (left.First is not { Value: { } first })
                    return null;
                left.RemoveFirst();
                if (needed % first.Length != 0)
                {
                    if (first.Length % needed != 0 || layer[0].Contains(first))
                        return null;
                    (AxisFactor outer, AxisFactor inner) = (new AxisFactor(needed), new AxisFactor(first.Length / needed));
                    layer = Replaced(layer, first, [outer, inner]);
                    left.AddFirst(inner);
                    first = outer;
                }

                taken.Add(first);
                needed /= first.Length;
            }

            model[axis] = [.. taken];
        }

        return left.Count == 0 ? new AxisView(model, layer).Merged() : null;
    }

    /// <summary>The model's axis cut into factors of these lengths; null where that is not possible.</summary>
    public AxisView? Refined(int axis, IReadOnlyList<int> lengths)
    {
        AxisFactor[][] layer = _layer;
        Queue<int> wanted = new(lengths);
        List<AxisFactor> taken = [];
        foreach (AxisFactor factor in _model[axis])
        {
            List<AxisFactor> parts = [];
            int length = factor.Length;
            while (length > 1)
            {
                if (!wanted.TryDequeue(out int part) || length % part != 0)
                    return null;
                parts.Add(part == factor.Length ? factor : new AxisFactor(part));
                length /= part;
            }

            if (parts.Count > 1 && IsBatch(factor))
                return null;
            if (parts.Count > 1)
                layer = Replaced(layer, factor, [.. parts]);
            taken.AddRange(parts);
        }

        // Not merged again: the factors are what was asked for.
        return wanted.Count > 0 ? null : new AxisView([.. _model.Select((old, index) => index == axis ? [.. taken] : old)], layer);
    }

    /// <summary>The axis of the layer that an axis of the model is, whole and alone; -1 for none. The batch is 0.</summary>
    public int LayerAxisOf(int axis)
    {
        if (_model[axis].Length == 0)
            return -1;
        return Array.FindIndex(_layer, own => own.SequenceEqual(_model[axis]));
    }

    /// <summary>A factor of another length in the place of an axis, of the model and of the layer; none for a length of 1.</summary>
    public AxisView Resized(int axis, int layerAxis, int length)
    {
        AxisFactor[] whole = Whole(length);
        return new AxisView(
            [.. _model.Select((old, index) => index == axis ? whole : old)],
            [.. _layer.Select((old, index) => index == layerAxis ? whole : old)]);
    }

    /// <summary>Other factors for one, wherever it is.</summary>
    public AxisView WithFactor(AxisFactor factor, params AxisFactor[] by) => new AxisView(Replaced(_model, factor, by), Replaced(_layer, factor, by)).Merged();

    /// <summary>Neighbours that lie side by side in an axis of the model and in one of the layer become one factor.</summary>
    private AxisView Merged()
    {
        AxisFactor[][] model = _model;
        AxisFactor[][] layer = _layer;
        for (int axis = 0; axis < model.Length; axis++)
        {
            for (int index = 0; index + 1 < model[axis].Length;)
            {
                (AxisFactor outer, AxisFactor inner) = (model[axis][index], model[axis][index + 1]);
                if (!AreNeighbours(layer, outer, inner))
                {
                    index++;
                    continue;
                }

                AxisFactor both = new(outer.Length * inner.Length);
                model = Replaced(Replaced(model, inner, []), outer, [both]);
                layer = Replaced(Replaced(layer, inner, []), outer, [both]);
            }
        }

        return model == _model ? this : new AxisView(model, layer);
    }

    private static bool AreNeighbours(AxisFactor[][] layer, AxisFactor outer, AxisFactor inner)
    {
        bool isFound = false;
        foreach (AxisFactor[] axis in layer)
        {
            int place = Array.IndexOf(axis, outer);
            if (place >= 0)
                return place + 1 < axis.Length && axis[place + 1] == inner;
            isFound |= axis.Contains(inner);
        }

        // Two repetitions side by side are one.
        return !isFound;
    }

    private static AxisFactor[][] Replaced(AxisFactor[][] axes, AxisFactor factor, AxisFactor[] by) =>
        [.. axes.Select(axis => Array.IndexOf(axis, factor) is >= 0 and var place ? [.. axis[..place], .. by, .. axis[(place + 1)..]] : axis)];
}
