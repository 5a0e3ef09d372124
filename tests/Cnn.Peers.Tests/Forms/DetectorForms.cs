using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Peers.Tests.Forms;

/// <summary>Heads of detectors, and what decodes their boxes in the graph.</summary>
internal static class DetectorForms
{
    public static IReadOnlyList<ModelForm> All => [Rows(), Positions(), Decoded(), Corners(), ManyOutputs(), ClassesBehindTransposes(), Linear(), Ends()];

    /// <summary>RetinaFace and SSD: two maps, each to rows of classes, joined and squashed.</summary>
    private static ModelForm Rows()
    {
        ModelForm form = new("Rows", 11, 1, 3, 8, 12);
        string joined = Joined(form, 2);
        return form.Outputs(form.Add("Softmax", [joined], Integer("axis", 2)), joined);
    }

    /// <summary>YOLOX: maps in a row, joined along the positions, and turned at the end.</summary>
    private static ModelForm Positions()
    {
        ModelForm form = new("Positions", 11, 1, 3, 8, 12);
        (string large, string small) = Maps(form);
        string[] rows = [.. ((string[])[large, small]).Select(map => form.Reshape(form.Conv(map, 4, 6), 1, 6, -1))];
        return form.Outputs(form.Transpose(form.Add("Concat", rows, Integer("axis", 2)), 0, 2, 1));
    }

    /// <summary>SSD: boxes by variances and anchors, the sizes as exponentials.</summary>
    private static ModelForm Decoded()
    {
        ModelForm form = new("Decoded", 11, 1, 3, 8, 12);
        string boxes = Joined(form, 4);
        const int Anchors = (24 + 6) * 3 / 2;
        string centres = form.Add("Mul", [form.Slice(boxes, 2, 0, 2), form.Reals([], 0.1f)]);
        centres = form.Add("Add", [form.Add("Mul", [centres, form.Reals(1, Anchors, 2)]), form.Reals(1, Anchors, 2)]);
        string sizes = form.Add("Exp", [form.Add("Mul", [form.Slice(boxes, 2, 2, long.MaxValue), form.Reals([], 0.2f)])]);
        sizes = form.Add("Mul", [sizes, form.Reals(1, Anchors, 2)]);
        return form.Outputs(form.Add("Concat", [centres, sizes], Integer("axis", 2)));
    }

    /// <summary>Centres and sizes to corners.</summary>
    private static ModelForm Corners()
    {
        ModelForm form = new("Corners", 13, 1, 3, 8, 12);
        string boxes = Joined(form, 4);
        string half = form.Add("Div", [form.Slice(boxes, 2, 2, long.MaxValue), form.Reals([], 2)]);
        string centre = form.Slice(boxes, 2, 0, 2);
        return form.Outputs(form.Add("Concat", [form.Add("Sub", [centre, half]), form.Add("Add", [centre, half])], Integer("axis", 2)));
    }

    /// <summary>YuNet: one output a scale and kind, some of one channel.</summary>
    private static ModelForm ManyOutputs()
    {
        ModelForm form = new("ManyOutputs", 11, 1, 3, 8, 12);
        (string large, string small) = Maps(form);
        return form.Outputs(
        [
            .. ((string[])[large, small]).SelectMany(map => ((int[])[1, 4]).Select(channels =>
                form.Add("Sigmoid", [form.Reshape(form.Transpose(form.Conv(map, 4, channels), 0, 2, 3, 1), 1, -1, channels)]))),
        ]);
    }

    /// <summary>FastestDet: softmax of the channels between two transpositions.</summary>
    private static ModelForm ClassesBehindTransposes()
    {
        ModelForm form = new("ClassesBehindTransposes", 11, 1, 3, 4, 5);
        string classes = form.Transpose(form.Conv("x", 3, 6), 0, 3, 2, 1);
        string squashed = form.Transpose(form.Add("Softmax", [classes], Integer("axis", 3)), 0, 3, 2, 1);
        return form.Outputs(form.Add("Concat", [form.Add("Sigmoid", [form.Conv("x", 3, 1)]), squashed], Integer("axis", 1)));
    }

    /// <summary>A linear layer on the last axis of positions in a row, and one from the left.</summary>
    private static ModelForm Linear()
    {
        ModelForm form = new("LinearOfPositions", 13, 1, 3, 4, 5);
        string rows = form.Transpose(form.Reshape(form.Conv("x", 3, 6), 1, 6, -1), 0, 2, 1);
        string features = form.Add("Add", [form.Add("MatMul", [rows, form.Reals(6, 7)]), form.Reals([7])]);
        string mixed = form.Add("MatMul", [form.Reals(3, 20), form.Add("Relu", [features])]);
        return form.Outputs(mixed, form.Add("Softmax", [features]));
    }

    /// <summary>The largest and the mean over axes that are no pool's, and rows of a map.</summary>
    private static ModelForm Ends()
    {
        ModelForm form = new("Reductions", 13, 1, 3, 4, 5);
        string map = form.Conv("x", 3, 6);
        string last = form.Transpose(map, 0, 2, 3, 1);
        return form.Outputs(
            form.Add("ReduceMax", [last], Integers("axes", 3), Integer("keepdims", 0)), form.Add("ReduceMean", [last], Integers("axes", 1, 2)),
            form.Add("ReduceSum", [map, form.List(1, 3)]), form.Add("ReduceL2", [last], Integers("axes", -1)),
                form.Add("ReduceMean", [map], Integer("keepdims", 0)));
    }

    private static (string Large, string Small) Maps(ModelForm form)
    {
        string large = form.Add("Relu", [form.Conv("x", 3, 4, 3, 2)]);
        return (large, form.Add("Relu", [form.Conv(large, 4, 4, 3, 2)]));
    }

    /// <summary>Rows of numbers of both maps, one behind the other.</summary>
    private static string Joined(ModelForm form, int numbers)
    {
        (string large, string small) = Maps(form);
        const int Channels = 6;
        int anchors = numbers == 4 ? 2 * Channels : Channels;
        string[] rows = [.. ((string[])[large, small]).Select(map =>
            form.Reshape(form.Transpose(form.Conv(map, 4, numbers == 4 ? anchors / 2 : anchors), 0, 2, 3, 1), 1, -1, numbers == 4 ? 4 : numbers))];
        return form.Add("Concat", rows, Integer("axis", 1));
    }
}
