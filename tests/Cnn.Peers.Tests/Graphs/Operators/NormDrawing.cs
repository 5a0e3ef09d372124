using Cnn.Property.Tests.Drawing;
using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Peers.Tests.Graphs.Operators;

/// <summary>Norms whose statistics are those of an image, also as exporters wrote them out before ONNX had them.</summary>
internal sealed class NormDrawing : OperatorDrawing
{
    public override IReadOnlyList<string> Operators =>
    [
        "InstanceNormalization", "GroupNormalization", "LayerNormalization", "LRN", "LpNormalization", "MeanVarianceNormalization",
        "group norm by views", "layer norm written out",
    ];

    public override int Weight => 2;

    public override (int First, int Last) Opsets(string name) => name switch
    {
        "GroupNormalization" => (18, int.MaxValue),
        "LayerNormalization" => (17, int.MaxValue),
        "MeanVarianceNormalization" => (9, int.MaxValue),
        "layer norm written out" => (7, int.MaxValue),
        _ => base.Opsets(name),
    };

    public override bool Draw(Sketch sketch, string name) => name switch
    {
        "InstanceNormalization" => sketch.MapRank > 0 && Instance(sketch),
        "GroupNormalization" => sketch.MapRank > 0 && Group(sketch),
        "LayerNormalization" => Layer(sketch),
        "LpNormalization" => UnitVectors(sketch),
        "LRN" => sketch.MapRank > 0 && LocalResponse(sketch),
        "MeanVarianceNormalization" => sketch.MapRank == 2 && sketch.Node(name, [sketch.X.Name]) is not null,
        "group norm by views" => sketch.MapRank > 0 && GroupByViews(sketch),
        _ => LayerWrittenOut(sketch),
    };

    private static float Epsilon(Dice dice) => dice.Pick(1e-5f, 1e-3f, 1e-6f);

    private static bool UnitVectors(Sketch sketch)
    {
        Dice dice = sketch.Dice;
        int axis = dice.Between(1, sketch.Rank - 1);
        sketch.Node(
            "LpNormalization", [sketch.X.Name], Integer("axis", dice.Chance(50) ? axis : axis - sketch.Rank),
            dice.Chance(50) ? Integer("p", dice.Pick(2, 2, 2, 1)) : null);
        return true;
    }

    private static bool Instance(Sketch sketch)
    {
        sketch.Node(
            "InstanceNormalization", [sketch.X.Name, sketch.Reals([sketch.Channels], -1.5, 1.5), sketch.Reals([sketch.Channels], -1, 1)],
            sketch.Dice.Chance(50) ? Real("epsilon", Epsilon(sketch.Dice)) : null);
        return true;
    }

    private static bool Group(Sketch sketch)
    {
        int groups = Groups(sketch);
        long[] shape = [sketch.Opset < 21 ? groups : sketch.Channels];
        sketch.Node(
            "GroupNormalization", [sketch.X.Name, sketch.Reals(shape, -1.5, 1.5), sketch.Reals(shape, -1, 1)],
            Integer("num_groups", groups), sketch.Dice.Chance(50) ? Real("epsilon", Epsilon(sketch.Dice)) : null);
        return true;
    }

    private static int Groups(Sketch sketch) => sketch.Dice.Pick([.. Enumerable.Range(1, sketch.Channels).Where(count => sketch.Channels % count == 0)]);

    private static bool Layer(Sketch sketch)
    {
        Dice dice = sketch.Dice;
        int axis = dice.Chance(75) ? 1 : dice.Between(1, sketch.Rank - 1);
        long[] whole = sketch.X.Shape[axis..];
        long[] shape = dice.Chance(75) ? whole : [.. whole.Select(length => dice.Chance(50) ? length : 1)];
        string scale = dice.Chance(15) ? sketch.Reals(shape, [.. Enumerable.Repeat(1f, (int)Sketch.Product(shape))]) : sketch.Reals(shape, -1.5, 1.5);
        string[] bias = dice.Chance(30) ? [] : [sketch.Reals(whole, -1, 1)];
        sketch.Node(
            "LayerNormalization", [sketch.X.Name, scale, .. bias],
            axis == sketch.Rank - 1 && dice.Chance(50) ? null : Integer("axis", dice.Chance(50) ? axis : axis - sketch.Rank),
            dice.Chance(50) ? Real("epsilon", Epsilon(dice)) : null,
            dice.Chance(10) ? Integer("stash_type", 1) : null);
        return true;
    }

    private static bool LocalResponse(Sketch sketch)
    {
        Dice dice = sketch.Dice;
        sketch.Node(
            "LRN", [sketch.X.Name], Integer("size", dice.Chance(85) ? (2 * dice.Between(0, 3)) + 1 : dice.Between(1, 6)),
            dice.Chance(60) ? Real("alpha", dice.Pick(1e-4f, 0.5f, 2f)) : null,
            dice.Chance(50) ? Real("beta", dice.Pick(0.75f, 0.5f, 1f, -0.5f)) : null,
            dice.Chance(50) ? Real("bias", dice.Pick(1f, 2f, 0.5f)) : null);
        return true;
    }

    /// <summary>The groups become the channels of a view; a scale and a shift of each real channel follow.</summary>
    private static bool GroupByViews(Sketch sketch)
    {
        Dice dice = sketch.Dice;
        int groups = Groups(sketch);
        string view = sketch.Node("Reshape", [sketch.X.Name, sketch.Integers(0, groups, -1)]);
        bool isPlain = dice.Chance(70);
        string scale = isPlain ? sketch.Reals([groups], [.. Enumerable.Repeat(1f, groups)]) : sketch.Reals([groups], 0.5, 1.5);
        string bias = isPlain ? sketch.Reals([groups], new float[groups]) : sketch.Reals([groups], -1, 1);
        string normed = sketch.Node("InstanceNormalization", [view, scale, bias], Real("epsilon", Epsilon(dice)));
        string y = sketch.Node("Reshape", [normed, dice.Chance(70) ? sketch.Integers([0, .. sketch.X.Shape[1..]]) : sketch.Node("Shape", [sketch.X.Name])]);
        long[] shape = [sketch.Channels, .. sketch.Map.Select(_ => 1L)];
        if (sketch.Opset < 7)
            return true;
        if (dice.Chance(70))
            y = sketch.Node("Mul", [y, sketch.Reals(shape, -1.5, 1.5)]);
        if (dice.Chance(70))
            sketch.Node("Add", [y, sketch.Reals(shape, -1, 1)]);
        return true;
    }

    private static bool LayerWrittenOut(Sketch sketch)
    {
        Dice dice = sketch.Dice;
        long[] axes = dice.Chance(85) ? [.. Enumerable.Range(1, sketch.Rank - 1).Select(axis => (long)axis)] : [-1];
        string x = sketch.X.Name;
        string centred = sketch.Node("Sub", [x, Mean(sketch, x, axes)]);
        string square = dice.Chance(70) ? sketch.Node("Pow", [centred, sketch.Reals([], [2])]) : sketch.Node("Mul", [centred, centred]);
        string deviation = sketch.Node("Sqrt", [sketch.Node("Add", [Mean(sketch, square, axes), sketch.Reals([], [Epsilon(dice)])])]);
        string y = sketch.Node("Div", [centred, deviation]);
        long[] shape = sketch.X.Shape[(axes.Length == 1 ? sketch.Rank - 1 : 1)..];
        if (dice.Chance(70))
            y = sketch.Node("Mul", [y, sketch.Reals(shape, -1.5, 1.5)]);
        if (dice.Chance(70))
            sketch.Node("Add", [y, sketch.Reals(shape, -1, 1)]);
        return true;
    }

    private static string Mean(Sketch sketch, string x, long[] axes) => sketch.Opset < 18
        ? sketch.Node("ReduceMean", [x], Integers("axes", axes))
        : sketch.Node("ReduceMean", [x, sketch.Integers(axes)]);
}
