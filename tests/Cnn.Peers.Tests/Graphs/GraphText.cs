using System.Globalization;
using System.Text;
using Cnn.Tool.Importing;
using Cnn.Tool.Importing.Onnx;
using Onnx;

namespace Cnn.Peers.Tests.Graphs;

/// <summary>A model as text, a node a line, with the constants that are short.</summary>
internal static class GraphText
{
    private const int MostShown = 9;

    public static string Of(ModelProto model)
    {
        StringBuilder text = new();
        Dictionary<string, TensorProto> constants = model.Graph.Initializer.ToDictionary(constant => constant.Name, StringComparer.Ordinal);
        IEnumerable<string> inputs = model.Graph.Input.Where(input => !constants.ContainsKey(input.Name))
            .Select(input => $"{input.Name} [{string.Join(", ", input.Type.TensorType.Shape.Dim.Select(Of))}]");
        text.Append(CultureInfo.InvariantCulture, $"opset {model.OpsetImport[0].Version}, from {string.Join(", ", inputs)} to {model.Graph.Output[0].Name}");
        foreach (NodeProto node in model.Graph.Node)
        {
            IEnumerable<string> read = node.Input.Select(name =>
                constants.TryGetValue(name, out TensorProto? constant) ? Of(constant) : name.Length == 0 ? "none" : name);
            IEnumerable<string> attributes = node.Attribute.Select(attribute => $"{attribute.Name} = {Of(attribute)}");
            text.Append($"\n  {string.Join(", ", node.Output)} = {node.OpType}({string.Join(", ", read)}) {string.Join(", ", attributes)}".TrimEnd());
        }

        return text.ToString();
    }

    private static string Of(TensorShapeProto.Types.Dimension axis) =>
        axis.DimParam.Length > 0 ? axis.DimParam : axis.DimValue.ToString(CultureInfo.InvariantCulture);

    private static string Of(TensorProto constant)
    {
        Tensor tensor = OnnxTensors.Read(constant, null);
        string numbers = tensor.Length > MostShown ? "..."
            : tensor.Integers is { } integers ? string.Join(" ", integers)
            : string.Join(" ", tensor.Reals.Select(Of));
        return $"[{string.Join(", ", constant.Dims)}]{{{numbers}}}";
    }

    private static string Of(AttributeProto attribute) => attribute.Type switch
    {
        AttributeProto.Types.AttributeType.Int => attribute.I.ToString(CultureInfo.InvariantCulture),
        AttributeProto.Types.AttributeType.Ints => $"[{string.Join(", ", attribute.Ints)}]",
        AttributeProto.Types.AttributeType.Float => Of(attribute.F),
        AttributeProto.Types.AttributeType.Floats => $"[{string.Join(", ", attribute.Floats.Select(Of))}]",
        AttributeProto.Types.AttributeType.String => $"'{attribute.S.ToStringUtf8()}'",
        AttributeProto.Types.AttributeType.Tensor => Of(attribute.T),
        _ => attribute.Type.ToString(),
    };

    private static string Of(float number) => number.ToString("G6", CultureInfo.InvariantCulture);
}
