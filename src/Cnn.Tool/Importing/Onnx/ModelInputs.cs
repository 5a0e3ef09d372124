using Cnn.Tool.Importing.Onnx.Viewing;
using Onnx;
using DataType = Onnx.TensorProto.Types.DataType;

namespace Cnn.Tool.Importing.Onnx;

/// <summary>A model's inputs as layers.</summary>
/// <param name="model">What was read.</param>
/// <param name="options">Shapes of inputs whose axes are open.</param>
/// <param name="images">How many there are where the model leaves that open.</param>
/// <param name="areChannelsLast">Whether the last axis of a map is that of the channels, as TensorFlow has them.</param>
internal sealed class ModelInputs(OnnxModel model, ImportOptions options, int images, bool areChannelsLast)
{
    public bool AreChannelsLast => areChannelsLast;

    /// <summary>Whether an input has positions, and so could have them before the channels.</summary>
    public bool HaveMaps => model.Inputs.Any(static input => IsMap(input.Type.TensorType.Shape.Dim.Count));

    /// <summary>Whether the user gave the shape of an input.</summary>
    public bool IsGiven(ValueInfoProto input) => Given(input) is not null;

    /// <summary>The inputs, each a layer under the axes of the model.</summary>
    /// <exception cref="ImportException">Some have axes without a length, or are no tensors of floats or bytes.</exception>
    public List<(ValueInfoProto Port, FeatureValue Value)> Values(PortNaming names)
    {
        CheckGiven();
        string[] open = [.. model.Inputs.Select(Open).OfType<string>()];
        if (open.Length > 0)
            throw new ImportException(string.Join('\n', open));
        return [.. model.Inputs.Select(port => (port, Value(port, names)))];
    }

    private FeatureValue Value(ValueInfoProto port, PortNaming names)
    {
        int[] axes = Axes(port);
        bool isLast = areChannelsLast && IsMap(axes.Length);
        int[] shape = isLast ? [axes[^1], .. axes[1..^1]] : axes[1..];
        while (shape.Length > Rearrangement.MostAxes)
            shape = [shape[0] * shape[1], .. shape[2..]];
        bool isBytes = port.Type.TensorType.ElemType == (int)DataType.Uint8;
        Layer layer = new("Input", shape, $"the input '{OnnxModel.Shown(port.Name)}'")
        {
            ModelName = names.Of(port.Name),
            Options =
            [
                .. isLast ? [("Layout", Layer.ChannelsLast)] : ((string, string)[])[],
                .. isBytes ? [("Element", "PortElement.UInt8")] : ((string, string)[])[],
            ],
        };
        AxisView view = AxisView.Natural(axes[0], shape);
        view = isLast ? view.Transposed([0, .. Enumerable.Range(2, shape.Length - 1), 1]) : view.Reshaped(axes)!;
        return new FeatureValue(layer, view) { IsBytes = isBytes };
    }

    private static bool IsMap(int axes) => axes is >= 3 and <= 1 + Rearrangement.MostAxes;

    private long[]? Given(ValueInfoProto input)
    {
        if (options.Shapes.TryGetValue(input.Name, out long[]? shape))
            return shape;
        return options.Shapes.TryGetValue("", out shape) && (model.Inputs.Count == 1 || model.Inputs.Count(IsOpen) == 1 && IsOpen(input)) ? shape : null;
    }

    private void CheckGiven()
    {
        foreach (string name in options.Shapes.Keys)
        {
            bool isKnown = name.Length == 0 ? model.Inputs.Count == 1 || model.Inputs.Count(IsOpen) == 1 : model.Inputs.Any(input => input.Name == name);
            if (!isKnown)
            {
                throw new ImportException($"A --shape is given for {(name.Length == 0 ? "one input without its name" : $"the input '{name}'")}, and the "
                    + $"model has "
                    + $"{string.Join(", ", model.Inputs.Select(static input => $"'{OnnxModel.Shown(input.Name)}'"))}: give --shape NAME=1,3,320,320.");
            }
        }
    }

    private static bool IsOpen(ValueInfoProto input) => input.Type?.TensorType?.Shape is not { } shape || shape.Dim
        .Skip(1).Any(static axis => axis.DimValue == 0);

    /// <summary>What is missing of an input's shape, or null.</summary>
    private string? Open(ValueInfoProto input)
    {
        if (Given(input) is not null || !IsOpen(input))
            return null;
        string name = OnnxModel.Shown(input.Name);
        if (input.Type?.TensorType?.Shape is not { } shape)
            return $"The input '{name}' has no shape: give it one, as --shape {name}=1,3,320,320.";
        if (shape.Dim.FirstOrDefault(static axis => axis.DimValue < 0) is not null)
            return null;
        string axes = string.Join(", ", shape.Dim.Select(static axis => axis.DimValue > 0 ? Literal.Of((int)Math.Min(axis.DimValue, int.MaxValue))
            : axis.DimParam.Length > 0 ? OnnxModel.Shown(axis.DimParam) : "?"));
        string example = string.Join(',', shape.Dim.Select(static (axis, index) => axis.DimValue > 0 ? Literal.Of((int)Math.Min(axis.DimValue, int.MaxValue))
            : index == 0 ? "1" : "320"));
        return $"The input '{name}' has axes without a fixed length, [{axes}]: give them, as --shape {name}={example}.";
    }

    /// <summary>The input's axes with the batch first.</summary>
    private int[] Axes(ValueInfoProto input)
    {
        string name = OnnxModel.Shown(input.Name);
        if (input.Type?.TensorType is not { Shape: { } shape } type)
            throw new ImportException($"The input '{name}' has no shape: give it one, as --shape {name}=1,3,320,320.");
        if ((DataType)type.ElemType is not (DataType.Float or DataType.Float16 or DataType.Double or DataType.Bfloat16 or DataType.Uint8))
            throw new ImportException($"The input '{name}' is of type {OnnxTensors.TypeName(type.ElemType)}; float is needed, or bytes.");
        long[] said = [.. shape.Dim.Select(static axis => axis.DimValue)];
        if (Given(input) is { } given)
        {
            if (given.Length != said.Length || given.Zip(said).Any(static axis => axis.Second > 0 && axis.First != axis.Second))
                throw new ImportException($"The input '{name}' cannot have the shape {Tensor.Text(given)}; the model says {Tensor.Text(said)}, where 0 is "
                    + $"open.");
            said = given;
        }

        if (said.Length < 2)
            throw new ImportException($"The input '{name}' has {said.Length} axes; a batch axis and at least one behind it are needed.");
        if (said.Any(static axis => axis < 0))
            throw new ImportException($"The input '{name}' has the shape {Tensor.Text(said)}; no length is negative.");
        if (said[0] == 0)
            said[0] = images;
        return Tensor.CheckedShape(said);
    }
}
