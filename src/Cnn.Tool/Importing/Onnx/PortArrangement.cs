using Cnn.Tool.Importing.Onnx.Viewing;

namespace Cnn.Tool.Importing.Onnx;

/// <summary>How a model's outputs meet the layers: their numbers keep the very order of the model's tensors.</summary>
internal static class PortArrangement
{
    /// <summary>A layer whose numbers are the output's, as they lie or with the channels last.</summary>
    /// <exception cref="NotExpressibleException">The images are not one after the other.</exception>
    public static (Layer Layer, bool IsChannelsLast) Of(FeatureValue value)
    {
        AxisView view = value.View;
        AxisFactor[] order = [.. view.Model.SelectMany(static axis => axis)];
        if (Array.FindLastIndex(order, view.IsBatch) > 0)
            throw new NotExpressibleException($"it is {Tensor.Text(value.Axes)}, in which the batch does not come first");
        order = [.. order.Where(factor => !view.IsBatch(factor))];
        if (order.SequenceEqual(view.Layer.Skip(1).SelectMany(static axis => axis)))
            return (Shaped(value), false);
        if (view.Layer.Count > 2 && order.SequenceEqual([.. view.Layer.Skip(2).SelectMany(static axis => axis), .. view.Layer[1]]))
            return (value.Layer, true);
        bool isNatural = view.Model.Count > 1 && view.Model[0].SequenceEqual(view.Layer[0]) && view.Model.Count - 1 <= Rearrangement.MostAxes;
        List<AxisFactor[]> axes = isNatural
            ? [.. view.Model.Skip(1)]
            : view.AxesOfImage();
        return (Views.Arranged(value, Views.Joined(axes, static _ => true)).Layer, false);
    }

    /// <summary>
    /// With the output's axes, where a layer can have them; its numbers are in their order already. Not where the axis behind the first has length 1: of one
    /// image, that may be the batch.
    /// </summary>
    private static Layer Shaped(FeatureValue value)
    {
        AxisView view = value.View;
        bool isOfImages = view.Model.Count is > 1 and <= Rearrangement.MostAxes + 1 && view.Model[0].SequenceEqual(view.Layer[0]) && value.Axes[1] != 1;

        // What comes in may have any shape: a network of nothing but its input's other shape has no layer.
        if (!isOfImages || value.Layer.Kind == "Input")
            return value.Layer;
        Layer shaped = Regrouping.Of(value.Layer, value.Axes[1..], value.Viewer ?? value.Layer.Source);
        return shaped.Kind == "Input" ? value.Layer : shaped;
    }
}
