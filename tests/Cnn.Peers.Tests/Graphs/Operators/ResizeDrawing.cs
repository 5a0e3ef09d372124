using Cnn.Property.Tests.Drawing;
using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Peers.Tests.Graphs.Operators;

internal sealed class ResizeDrawing : OperatorDrawing
{
    private static readonly string[] Coordinates =
        ["half_pixel", "half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric", "asymmetric", "tf_half_pixel_for_nn", "half_pixel_symmetric"];

    public override IReadOnlyList<string> Operators => ["Resize", "Upsample"];

    public override int Weight => 3;

    public override (int First, int Last) Opsets(string name) => name == "Upsample" ? (7, 9) : (10, int.MaxValue);

    public override bool Draw(Sketch sketch, string name)
    {
        if (sketch.MapRank < 1)
            return false;
        Dice dice = sketch.Dice;
        string mode = dice.Chance(50) ? "nearest" : dice.Chance(70) ? "linear" : "cubic";
        int same = dice.Pick(2, 2, 3, 4);
        float[] scales = [1, 1, .. sketch.Map.Select(_ => dice.Chance(75) ? same : dice.Pick(1, 2f, 3, 1.5f, 0.5f))];
        if (name == "Upsample")
        {
            string[] inputs = sketch.Opset < 9 ? [sketch.X.Name] : [sketch.X.Name, sketch.Reals([scales.Length], scales)];
            AttributeScales(sketch, name, inputs, mode, scales);
        }
        else if (sketch.Opset < 11)
        {
            sketch.Node(name, [sketch.X.Name, sketch.Reals([scales.Length], scales)], Text("mode", mode));
        }
        else
        {
            DrawResize(sketch, mode, scales);
        }

        return true;
    }

    private static void AttributeScales(Sketch sketch, string name, string[] inputs, string mode, float[] scales) => sketch.Node(
        name, inputs,
        mode == "nearest" && sketch.Dice.Chance(50) ? null : Text("mode", mode),
        sketch.Opset < 9 ? new() { Name = "scales", Type = global::Onnx.AttributeProto.Types.AttributeType.Floats, Floats = { scales } } : null);

    private static void DrawResize(Sketch sketch, string mode, float[] scales)
    {
        Dice dice = sketch.Dice;
        string roi = sketch.Opset >= 13 || dice.Chance(50) ? "" : sketch.Reals([0], []);
        if (roi.Length == 0 && sketch.Opset < 13)
            roi = sketch.Reals([0], []);
        bool bySizes = dice.Chance(35);
        bool listsAxes = sketch.Opset >= 18 && dice.Chance(30);
        int skipped = listsAxes ? 2 : 0;
        long[] sizes = [.. sketch.X.Shape.Zip(scales, (length, scale) => (long)(length * scale)).Skip(skipped)];
        float[] given = scales[skipped..];
        string[] inputs = bySizes
            ? [sketch.X.Name, roi, sketch.Opset >= 13 ? "" : sketch.Reals([0], []), sketch.Integers(sizes)]
            : [sketch.X.Name, roi, sketch.Reals([given.Length], given)];
        sketch.Node(
            "Resize", inputs, Text("mode", mode),
            dice.Chance(80) ? Text("coordinate_transformation_mode", dice.Pick(Coordinates)) : null,
            dice.Chance(70) ? Text("nearest_mode", dice.Pick("floor", "floor", "ceil", "round_prefer_floor", "round_prefer_ceil")) : null,
            listsAxes ? Integers("axes", [.. Enumerable.Range(2, sketch.MapRank).Select(axis => (long)axis)]) : null,
            sketch.Opset >= 18 && dice.Chance(10) ? Integer("antialias", dice.Below(2)) : null,
            sketch.Opset >= 18 && bySizes && dice.Chance(10) ? Text("keep_aspect_ratio_policy", dice.Pick("stretch", "not_larger")) : null);
    }
}
