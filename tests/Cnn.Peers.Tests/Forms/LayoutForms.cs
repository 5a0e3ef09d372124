using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Peers.Tests.Forms;

/// <summary>TensorFlow's order of axes, channels and positions folded into other axes, blocks of pixels, and repetitions.</summary>
internal static class LayoutForms
{
    public static IReadOnlyList<ModelForm> All =>
    [
        ChannelsLast(), FlattenedChannelsLast(), SharedSlopes(), ShuffleInTheBatch(), SplitShuffle(), Focus(), DoubledRows(), ExpandedGate(), ZeroChannels(),
        ConstantChannels(), PixelsOfDepth(), Blocks(), Bytes(), ManyAxes(), Reversed(), Cropped(), Repeated(), Gathered(),
    ];

    /// <summary>A Keras export whose input is prepared before it is transposed: channels turned, scaled, and the rest in between.</summary>
    private static ModelForm ChannelsLast()
    {
        ModelForm form = new("ChannelsLast", 12, 1, 6, 7, 3);
        string[] parts = [.. Enumerable.Range(0, 3).Select(channel => form.Slice("x", 3, 2 - channel, 3 - channel))];
        string turned = form.Add("Mul", [form.Add("Concat", parts, Integer("axis", 3)), form.Reals(1, 1, 1, 3)]);
        string map = form.Conv(form.Transpose(turned, 0, 3, 1, 2), 3, 4, 3);
        string last = form.Add("Relu", [form.Add("Add", [form.Transpose(map, 0, 2, 3, 1), form.Reals(4)])]);
        string pooled = form.Add("MaxPool", [form.Transpose(last, 0, 3, 1, 2)], Integers("kernel_shape", 2, 2), Text("auto_pad", "SAME_UPPER"),
            Integers("strides", 2, 2));
        return form.Outputs(form.Transpose(pooled, 0, 2, 3, 1));
    }

    /// <summary>Flatten behind a transposition: the weights move instead.</summary>
    private static ModelForm FlattenedChannelsLast()
    {
        ModelForm form = new("FlattenedChannelsLast", 13, 1, 4, 5, 3);
        string map = form.Conv(form.Transpose("x", 0, 3, 1, 2), 3, 6);
        string flat = form.Reshape(form.Transpose(map, 0, 2, 3, 1), 1, -1);
        return form.Outputs(form.Add("Add", [form.Add("MatMul", [flat, form.Reals(120, 7)]), form.Reals([7])]));
    }

    /// <summary>Keras' PReLU with slopes that positions share, and one with a slope for each element.</summary>
    private static ModelForm SharedSlopes()
    {
        ModelForm form = new("SharedSlopes", 13, 1, 4, 5, 3);
        string shared = form.Add("PRelu", ["x", form.Reals(1, 1, 3)]);
        return form.Outputs(form.Transpose(form.Add("PRelu", [shared, form.Reals(4, 5, 3)]), 0, 3, 1, 2));
    }

    /// <summary>ShuffleNetV2 as FastestDet writes it.</summary>
    private static ModelForm ShuffleInTheBatch()
    {
        ModelForm form = new("ShuffleInTheBatch", 11, 1, 8, 3, 5);
        string turned = form.Reshape(form.Transpose(form.Reshape("x", 4, 2, 15), 1, 0, 2), 2, -1, 4, 3, 5);
        string[] halves = [.. Enumerable.Range(0, 2).Select(half => form.Add("Gather", [turned, form.Index(half)], Integer("axis", 0)))];
        return form.Outputs(form.Add("Concat", [halves[0], form.Conv(halves[1], 4, 4)], Integer("axis", 1)));
    }

    /// <summary>ShuffleNetV2 as NanoDet writes it.</summary>
    private static ModelForm SplitShuffle()
    {
        ModelForm form = new("SplitShuffle", 11, 1, 8, 3, 5);
        string shuffled = form.Reshape(form.Transpose(form.Reshape(form.Conv("x", 8, 8), 1, 2, 4, 3, 5), 0, 2, 1, 3, 4), 1, -1, 3, 5);
        return form.Outputs(form.Add("Concat", [form.Slice(shuffled, 1, 0, 4), form.Conv(form.Slice(shuffled, 1, 4, 8), 4, 4)], Integer("axis", 1)));
    }

    /// <summary>YOLOv5: every other row and column, as channels.</summary>
    private static ModelForm Focus()
    {
        ModelForm form = new("Focus", 11, 1, 3, 6, 8);
        (int Row, int Column)[] places = [(0, 0), (1, 0), (0, 1), (1, 1)];
        string[] parts = [.. places.Select(place => form.Slice(form.Slice("x", 2, place.Row, long.MaxValue, 2), 3, place.Column, long.MaxValue, 2))];
        return form.Outputs(form.Conv(form.Add("Concat", parts, Integer("axis", 1)), 12, 5, 3));
    }

    /// <summary>Nearest neighbours, spelled out by joining each pixel and each row with itself.</summary>
    private static ModelForm DoubledRows()
    {
        ModelForm form = new("DoubledRows", 9, 1, 3, 4, 5);
        string map = form.Conv("x", 3, 2);
        string column = form.Reshape(map, -1, 1);
        string wide = form.Reshape(form.Add("Concat", [column, form.Add("Add", [column, form.Reals([], 0)])], Integer("axis", 1)), -1, 10);
        return form.Outputs(form.Conv(form.Reshape(form.Add("Concat", [wide, wide], Integer("axis", 1)), -1, 2, 8, 10), 2, 3, 3));
    }

    /// <summary>A gate that is expanded to the map before it multiplies.</summary>
    private static ModelForm ExpandedGate()
    {
        ModelForm form = new("ExpandedGate", 13, 1, 4, 5, 6);
        string gate = form.Add("Sigmoid", [form.Conv(form.Add("GlobalAveragePool", ["x"]), 4, 4)]);
        string expanded = form.Add("Expand", [gate, form.List(1, 4, 5, 6)]);
        return form.Outputs(form.Add("Mul", ["x", expanded]), form.Add("Add", [form.Add("Expand", [gate, form.List(1, 1, 5, 1)]), form.Reals(1, 1, 5, 6)]));
    }

    /// <summary>BlazeFace: a shortcut with more channels, of zeros; and a part of no channels.</summary>
    private static ModelForm ZeroChannels()
    {
        ModelForm form = new("ZeroChannels", 12, 1, 4, 5, 6);
        string zeros = form.Add("ConstantOfShape", [form.List(1, 2, 5, 6)]);
        string wide = form.Add("Concat", ["x", zeros, form.Reals([1, 0, 5, 6])], Integer("axis", 1));
        return form.Outputs(form.Add("Relu", [form.Add("Add", [form.Conv("x", 4, 6), wide])]));
    }

    /// <summary>Coordinates as channels.</summary>
    private static ModelForm ConstantChannels()
    {
        ModelForm form = new("ConstantChannels", 12, 1, 4, 5, 6);
        string wide = form.Add("Concat", [form.Reals(1, 2, 5, 6), "x"], Integer("axis", 1));
        return form.Outputs(form.Conv(wide, 6, 3, 3),
            form.Add("Concat", ["x", form.Reals([1, 4, 5, 3], [.. Enumerable.Repeat(0.5f, 60)])], Integer("axis", 3)));
    }

    /// <summary>Depth to space in both modes, and space to depth.</summary>
    private static ModelForm PixelsOfDepth()
    {
        ModelForm form = new("PixelsOfDepth", 13, 1, 8, 4, 6);
        string map = form.Conv("x", 8, 8);
        return form.Outputs(
            form.Conv(form.Add("DepthToSpace", [map], Integer("blocksize", 2), Text("mode", "DCR")), 2, 2),
            form.Conv(form.Add("DepthToSpace", [map], Integer("blocksize", 2), Text("mode", "CRD")), 2, 2),
            form.Conv(form.Add("SpaceToDepth", [map], Integer("blocksize", 2)), 32, 2));
    }

    /// <summary>PyTorch's pixel shuffle and its inverse, with an odd order in between.</summary>
    private static ModelForm Blocks()
    {
        ModelForm form = new("Blocks", 13, 1, 4, 4, 6);
        string unshuffled = form.Reshape(form.Transpose(form.Reshape("x", 1, 4, 2, 2, 3, 2), 0, 1, 3, 5, 2, 4), 1, 16, 2, 3);
        string odd = form.Reshape(form.Transpose(form.Reshape(form.Conv(unshuffled, 16, 16), 1, 2, 2, 2, 2, 2, 3), 0, 6, 3, 1, 5, 2, 4), 1, 12, 4, 2);
        return form.Outputs(form.Conv(odd, 12, 3), odd);
    }

    private static ModelForm Bytes()
    {
        ModelForm form = ModelForm.OfBytes("BytesChannelsLast", 13, 1, 5, 6, 3);
        string map = form.Add("Cast", [form.Transpose("x", 0, 3, 1, 2)], Integer("to", 1));
        string scaled = form.Add("Div", [form.Add("Sub", [map, form.Reals([1, 3, 1, 1], 120, 115, 100)]), form.Reals([1, 3, 1, 1], 58, 57, 56)]);
        return form.Outputs(form.Conv(scaled, 3, 4, 3));
    }

    /// <summary>More axes than a layer has, in between.</summary>
    private static ModelForm ManyAxes()
    {
        ModelForm form = new("ManyAxes", 13, 1, 8, 4, 6);
        string axes = form.Transpose(form.Reshape("x", 1, 2, 2, 2, 2, 2, 3, 2), 0, 7, 2, 5, 1, 4, 6, 3);
        string summed = form.Add("Add", [form.Add("Relu", [axes]), form.Reals(2, 1, 2, 2, 1, 3, 1)]);
        return form.Outputs(form.Reshape(summed, 1, 4, -1), form.Add("ReduceMax", [summed], Integers("axes", 2, 6), Integer("keepdims", 0)));
    }

    private static ModelForm Reversed()
    {
        ModelForm form = new("Reversed", 13, 1, 6, 4, 5);
        string flipped = form.Slice(form.Slice("x", 1, -1, long.MinValue, -1), 3, 3, 0, -2);
        return form.Outputs(form.Conv(flipped, 6, 3), form.Add("Gather", ["x", form.List(2, 0, 5, 5, 1, 3, 4, 0, 2, 1, 3, 5, 0)], Integer("axis", 1)));
    }

    /// <summary>Pads of rows seen with the channels last, and a pad that crops.</summary>
    private static ModelForm Cropped()
    {
        ModelForm form = new("Cropped", 13, 1, 6, 7, 3);
        string padded = form.Add("Pad", ["x", form.List(0, 1, 2, 0, 0, 0, 1, 0)]);
        string map = form.Conv(form.Transpose(padded, 0, 3, 1, 2), 3, 4, 3);
        return form.Outputs(form.Add("Pad", [map, form.List(0, 1, -1, 0, 0, 2, -2, 1)]));
    }

    private static ModelForm Repeated()
    {
        ModelForm form = new("Repeated", 13, 1, 3, 2, 4);
        return form.Outputs(
            form.Add("Relu", [form.Add("Tile", ["x", form.List(1, 2, 1, 3)])]),
            form.Reshape(form.Add("Expand", [form.Reshape("x", 1, 3, 1, 2, 4), form.List(1, 3, 2, 2, 4)]), 1, 6, 2, 4));
    }

    private static ModelForm Gathered()
    {
        ModelForm form = new("Gathered", 13, 1, 4, 5, 6);
        string row = form.Add("Gather", ["x", form.Index(-2)], Integer("axis", 2));
        return form.Outputs(form.Add("Relu", [row]), form.Add("Gather", ["x", form.List(0, 2, 3, 3)], Integer("axis", 3)));
    }
}
