using Cnn.Property.Tests.Drawing;
using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Peers.Tests.Graphs.Operators;

internal sealed class LinearDrawing : OperatorDrawing
{
    private const int MostFeatures = 400;

    public override IReadOnlyList<string> Operators => ["Gemm", "MatMul"];

    public override int Weight => 3;

    public override bool Draw(Sketch sketch, string name)
    {
        Dice dice = sketch.Dice;
        string x = sketch.X.Name;
        long features = sketch.X.Shape[^1];
        if (sketch.Rank > 2 && dice.Chance(80))
        {
            features = Sketch.Product(sketch.X.Shape[1..]);
            x = sketch.Node("Flatten", [x]);
        }
        else if (name == "Gemm" && sketch.Rank != 2)
        {
            return false;
        }

        if (features > MostFeatures)
            return false;
        int outputs = dice.Between(1, 12);
        double bound = Math.Sqrt(3.0 / features);
        if (name == "MatMul")
            sketch.Node(name, [x, sketch.Reals([features, outputs], -bound, bound)]);
        else
            DrawGemm(sketch, x, features, outputs, bound);
        return true;
    }

    private static void DrawGemm(Sketch sketch, string x, long features, int outputs, double bound)
    {
        Dice dice = sketch.Dice;
        bool isTransposed = dice.Chance(60);
        string weight = sketch.Reals(isTransposed ? [outputs, features] : [features, outputs], -bound, bound);
        long images = sketch.X.Shape[0];
        string[] bias = dice.Below(10) switch
        {
            0 => sketch.Opset < 11 ? [sketch.Reals([1], -1, 1)] : [],
            1 => sketch.Opset < 11 ? [sketch.Reals([outputs], -1, 1)] : [""],
            2 => [sketch.Reals([1, outputs], -1, 1)],
            3 => [sketch.Reals([], -1, 1)],
            4 => [sketch.Reals([images, outputs], -1, 1)],
            5 => [sketch.Reals([images, 1], -1, 1)],
            _ => [sketch.Reals([outputs], -1, 1)],
        };
        sketch.Node(
            "Gemm", [x, weight, .. bias],
            isTransposed ? Integer("transB", 1) : null,
            dice.Chance(30) ? Real("alpha", dice.Pick(0.5f, -1.5f, 2)) : null,
            dice.Chance(30) ? Real("beta", dice.Pick(0.5f, -1.5f, 0)) : null,
            sketch.Opset < 7 ? Integer("broadcast", 1) : null);
    }
}
