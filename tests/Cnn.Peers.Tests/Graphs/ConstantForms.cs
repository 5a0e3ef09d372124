using Cnn.Property.Tests.Drawing;
using Google.Protobuf;
using Onnx;
using static Cnn.Onnx.Tests.Support.Models;
using static Onnx.TensorProto.Types;

namespace Cnn.Peers.Tests.Graphs;

/// <summary>The ways in which a model states a constant: stored, as a node, or computed of others.</summary>
internal static class ConstantForms
{
    public static string OfReals(Sketch sketch, long[] shape, float[] numbers)
    {
        Dice dice = sketch.Dice;
        TensorProto stored = Floats(dice, shape, numbers);
        switch (dice.Below(20))
        {
            case 0 or 1:
                return sketch.Node("Constant", [], new AttributeProto { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = stored });
            case 2 when sketch.Opset >= 12 && shape.Length == 0:
                return sketch.Node("Constant", [], Real("value_float", numbers[0]));
            case 2 when sketch.Opset >= 12 && shape.Length == 1:
                return sketch.Node("Constant", [],
                    new AttributeProto { Name = "value_floats", Type = AttributeProto.Types.AttributeType.Floats, Floats = { numbers } });
            case 3:
                return sketch.Node("Identity", [sketch.Stored(stored)]);
            case 4 when shape.Length > 0:
                return sketch.Node("Reshape", [sketch.Stored(Floats(dice, [numbers.Length], numbers)), sketch.Integers(shape)]);
            case 5 when shape.Length > 1 && shape[0] == 1:
                return sketch.Opset < 13
                    ? sketch.Node("Unsqueeze", [sketch.Stored(Floats(dice, shape[1..], numbers))], Integers("axes", 0))
                    : sketch.Node("Unsqueeze", [sketch.Stored(Floats(dice, shape[1..], numbers)), sketch.Integers(0)]);
            case 6 when sketch.Opset >= 7:
                return Computed(sketch, shape, numbers);
            case 7 when shape.Length == 2:
                return sketch.Node("Transpose", [sketch.Stored(Floats(dice, [shape[1], shape[0]], Turned(shape, numbers)))], Integers("perm", 1, 0));
            case 8:
                TensorProto wide = new() { DataType = (int)DataType.Double, Dims = { shape }, DoubleData = { numbers.Select(number => (double)number) } };
                return sketch.Node("Cast", [sketch.Stored(wide)], Integer("to", (int)DataType.Float));
            default:
                return sketch.Stored(stored);
        }
    }

    public static string OfIntegers(Sketch sketch, long[] values)
    {
        TensorProto stored = Longs("", values);
        return sketch.Dice.Below(6) switch
        {
            0 => sketch.Node("Constant", [], new AttributeProto { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = stored }),
            1 when sketch.Opset >= 12 => sketch.Node("Constant", [], Integers("value_ints", values)),
            _ => sketch.Stored(stored),
        };
    }

    /// <summary>Sums and products that single precision gets exactly.</summary>
    private static string Computed(Sketch sketch, long[] shape, float[] numbers)
    {
        string Times(float factor) => sketch.Stored(Floats(sketch.Dice, shape, [.. numbers.Select(number => number * factor)]));
        string Number(long[] axes, float number) => sketch.Stored(Floats(sketch.Dice, axes, [number]));
        return sketch.Dice.Below(4) switch
        {
            0 => sketch.Node("Mul", [Times(2), Number([], 0.5f)]),
            1 => sketch.Node("Div", [Times(4), Number([1], 4)]),
            2 => sketch.Node("Neg", [Times(-1)]),
            _ => sketch.Node("Sub", [Times(1), Number([], 0)]),
        };
    }

    private static TensorProto Floats(Dice dice, long[] shape, float[] numbers)
    {
        TensorProto tensor = new() { DataType = (int)DataType.Float, Dims = { shape } };
        if (dice.Chance(50))
            tensor.RawData = ByteString.CopyFrom(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(numbers));
        else
            tensor.FloatData.AddRange(numbers);
        return tensor;
    }

    private static float[] Turned(long[] shape, float[] numbers)
    {
        (int rows, int columns) = ((int)shape[0], (int)shape[1]);
        return [.. Enumerable.Range(0, numbers.Length).Select(index => numbers[(index % rows * columns) + (index / rows)])];
    }
}
