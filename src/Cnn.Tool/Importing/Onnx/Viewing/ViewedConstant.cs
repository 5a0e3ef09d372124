namespace Cnn.Tool.Importing.Onnx.Viewing;

/// <summary>Constants that a model broadcasts to what it sees, in the arrangement of the layer behind the view.</summary>
internal static class ViewedConstant
{
    private const int MostElements = 1 << 24;

    /// <summary>
    /// The constant with the layer's axes, without the batch: of length 1 where it does not vary, and null where it varies from image to image or from one
    /// repetition of an element to the next.
    /// </summary>
    /// <param name="constant">What is broadcast to the model's axes.</param>
    /// <param name="view">The view.</param>
    /// <exception cref="NotExpressibleException">It does not broadcast to the axes, or would widen them.</exception>
    public static Tensor? Of(Tensor constant, AxisView view)
    {
        int[] axes = view.Axes;
        // Axes of length 1 in front say nothing.
        int extra = Math.Max(0, constant.Shape.Length - axes.Length);
        int[] own = constant.Shape.AsSpan(0, extra).IndexOfAnyExcept(1) < 0 ? constant.Shape[extra..] : constant.Shape;
        if (!ShapeArithmetic.Broadcast(own, axes).AsSpan().SequenceEqual(axes))
            throw new NotExpressibleException($"its constant {Tensor.Text(constant.Shape)} would widen the tensor {Tensor.Text(axes)}");
        int[] layer = [.. view.Layer.Skip(1).Select(AxisView.LengthOf)];
        if (constant.Uniform() is { } one)
            return Tensor.Filled([.. layer.Select(static _ => 1)], one);
        int[] aligned = [.. Enumerable.Repeat(1, axes.Length - own.Length), .. own];
        // From the model's axes to factors.
        List<int> lengths = [];
        Dictionary<AxisFactor, int> places = [];
        for (int axis = 0; axis < axes.Length; axis++)
        {
            foreach (AxisFactor factor in view.Model[axis].Where(_ => aligned[axis] > 1))
            {
                places[factor] = lengths.Count;
                lengths.Add(factor.Length);
            }
        }

        Tensor factors = constant.Reshaped([.. lengths]);
        foreach ((AxisFactor factor, int place) in places.Where(pair => view.IsRepetition(pair.Key) || view.IsBatch(pair.Key)))
        {
            if (Reduced(factors, place) is not { } without)
                return null;
            factors = without;
        }

        return ToLayer(factors, places, view, layer);
    }

    private static Tensor ToLayer(Tensor factors, Dictionary<AxisFactor, int> places, AxisView view, int[] layer)
    {
        // Along factors of an axis that the constant has in part, it is repeated.
        List<int> order = [];
        List<int> spread = [];
        int[] shape = new int[layer.Length];
        for (int axis = 0; axis < shape.Length; axis++)
        {
            AxisFactor[] own = view.Layer[axis + 1];
            bool varies = own.Any(places.ContainsKey);
            shape[axis] = varies ? layer[axis] : 1;
            foreach (AxisFactor factor in own.Where(_ => varies))
            {
                order.Add(places.GetValueOrDefault(factor, -1));
                spread.Add(factor.Length);
            }
        }

        int[] kept = [.. order.Where(static place => place >= 0)];
        int[] rest = [.. Enumerable.Range(0, factors.Shape.Length).Except(kept)];
        Tensor moved = factors.Transposed([.. rest, .. kept]);
        int next = rest.Length;
        int[] known = [.. order.Select(place => place < 0 ? 1 : moved.Shape[next++])];
        moved = moved.Reshaped(known);
        int length = Tensor.CheckedLength([.. spread.Select(static axis => (long)axis)]);
        if (length > MostElements)
            throw new NotExpressibleException($"its constant would have {length:N0} elements; at most {MostElements:N0} are made");
        Tensor whole = known.AsSpan().SequenceEqual([.. spread])
            ? moved
            : moved.Picked([.. spread], ShapeArithmetic.BroadcastPositions(known, [.. spread], length));
        return Trimmed(whole.Reshaped(shape));
    }

    /// <summary>Without the axes along which it is the same everywhere.</summary>
    public static Tensor Trimmed(Tensor constant)
    {
        for (int axis = 0; axis < constant.Shape.Length; axis++)
            constant = constant.Shape[axis] > 1 && Reduced(constant, axis) is { } reduced ? reduced : constant;
        return constant;
    }

    /// <summary>The constant with a length of 1 in one axis, or null where it varies along it.</summary>
    private static Tensor? Reduced(Tensor constant, int axis)
    {
        int[] shape = [.. constant.Shape];
        shape[axis] = 1;
        int inner = Tensor.Strides(constant.Shape)[axis];
        int length = constant.Shape[axis];
        float[] values = constant.Reals;
        int[] positions = new int[constant.Length / length];
        for (int index = 0; index < positions.Length; index++)
        {
            int first = (index / inner * inner * length) + (index % inner);
            for (int step = 1; step < length; step++)
            {
                if (!values[first + (step * inner)].Equals(values[first]))
                    return null;
            }

            positions[index] = first;
        }

        return constant.Picked(shape, positions);
    }
}
