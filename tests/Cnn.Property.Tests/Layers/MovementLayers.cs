using System.Globalization;
using Cnn.Property.Tests.Oracle;

namespace Cnn.Property.Tests.Layers;

/// <summary>Layers whose output elements are input elements, each at most once: by their numbers in planar order.</summary>
internal static class Moving
{
    /// <param name="pass">The layer's.</param>
    /// <param name="source">From an output element's indices, channel first, to its number in an image of the input.</param>
    public static Evaluation Evaluate(LayerPass pass, Func<int[], int> source)
    {
        (FeatureMap x, FeatureMap y) = (pass.Input, pass.NewOutput());
        int[] sources = [.. Enumerable.Range(0, y.Shape.Length).Select(element => source(Indices(element, y.Shape.Lengths)))];
        ForEach(x, sources, (from, to) => y.Values[to] = x.Values[from]);
        return new Evaluation(y, dy =>
        {
            FeatureMap dx = x.Empty();
            ForEach(x, sources, (from, to) => dx.Values[from] += dy.Values[to]);
            return [dx];
        });
    }

    /// <summary>The indices of an element by its number.</summary>
    public static int[] Indices(int element, int[] lengths)
    {
        int[] indices = new int[lengths.Length];
        for (int axis = lengths.Length - 1; axis >= 0; axis--)
        {
            indices[axis] = element % lengths[axis];
            element /= lengths[axis];
        }

        return indices;
    }

    /// <summary>The number of an element by its indices.</summary>
    public static int Number(int[] indices, int[] lengths) => indices.Zip(lengths).Aggregate(0, (number, axis) => (number * axis.Second) + axis.First);

    /// <summary>The place of an axis among the lengths without the batch.</summary>
    public static int Place(int axis, MapShape shape) => axis > 0 ? axis - 1 : axis + shape.Lengths.Length;

    private static void ForEach(FeatureMap x, int[] sources, Action<int, int> element)
    {
        for (int image = 0; image < x.Images; image++)
        {
            for (int to = 0; to < sources.Length; to++)
                element((image * x.Shape.Length) + sources[to], (image * sources.Length) + to);
        }
    }
}

/// <summary>Axis i of the output is axis Order[i] of the input; 1 is the channels.</summary>
internal sealed record PermuteLayer(params int[] Order) : Layer
{
    public override string Kind => "Permute";

    protected override IEnumerable<string> Arguments => Numbers(Order);

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) =>
        MapShape.Of([.. Order.Select(axis => inputs[0].Lengths[Moving.Place(axis, inputs[0])])]);

    public override Evaluation Evaluate(LayerPass pass) => Moving.Evaluate(pass, indices =>
    {
        int[] from = new int[indices.Length];
        for (int axis = 0; axis < indices.Length; axis++)
            from[Moving.Place(Order[axis], pass.Input.Shape)] = indices[axis];
        return Moving.Number(from, pass.Input.Shape.Lengths);
    });
}

/// <summary>The same elements in the same order; a length of -1 follows from the others.</summary>
internal sealed record ReshapeLayer(params int[] Shape) : Layer
{
    public override string Kind => "Reshape";

    protected override IEnumerable<string> Arguments => Numbers(Shape);

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs)
    {
        int given = Shape.Where(length => length > 0).Aggregate(1, (product, length) => product * length);
        return MapShape.Of([.. Shape.Select(length => length > 0 ? length : inputs[0].Length / given)]);
    }

    public override Evaluation Evaluate(LayerPass pass) =>
        new(pass.Input.Reshape(pass.NewOutput().Shape), dy => [dy.Reshape(pass.Input.Shape)]);
}

/// <summary>
/// Channel (c, i, j) becomes channel c at place (i, j) of each block, or the way back; the numbers of channel and place make the one of the whole, the channel
/// first or last.
/// </summary>
/// <param name="Factor">Places of a block along each axis.</param>
/// <param name="Gathers">Whether it is the way back.</param>
internal abstract record PixelBlockLayer(int Factor, bool Gathers) : Layer
{
    public bool DepthFirst { get; init; }

    protected override IEnumerable<string> Arguments => [.. Numbers([Factor]), .. Optional("DepthFirst", DepthFirst, false)];

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) => Gathers
        ? new MapShape(inputs[0].Channels * Block(inputs[0]), [.. inputs[0].Axes.Select(length => length / Factor)])
        : new MapShape(inputs[0].Channels / Block(inputs[0]), [.. inputs[0].Axes.Select(length => length * Factor)]);

    public override Evaluation Evaluate(LayerPass pass) => Moving.Evaluate(pass, indices =>
    {
        (MapShape deep, MapShape wide) = Gathers ? (pass.NewOutput().Shape, pass.Input.Shape) : (pass.Input.Shape, pass.NewOutput().Shape);
        int block = Block(deep);
        int[] places = new int[deep.Rank];
        if (!Gathers)
        {
            for (int axis = 0; axis < deep.Rank; axis++)
                places[axis] = indices[axis + 1] % Factor;
            int place = places.Aggregate(0, (number, digit) => (number * Factor) + digit);
            int channel = DepthFirst ? (place * wide.Channels) + indices[0] : (indices[0] * block) + place;
            return Moving.Number([channel, .. indices[1..].Select(index => index / Factor)], deep.Lengths);
        }

        int within = DepthFirst ? indices[0] / wide.Channels : indices[0] % block;
        for (int axis = deep.Rank - 1; axis >= 0; axis--, within /= Factor)
            places[axis] = within % Factor;
        int source = DepthFirst ? indices[0] % wide.Channels : indices[0] / block;
        return Moving.Number([source, .. indices[1..].Select((index, axis) => (index * Factor) + places[axis])], wide.Lengths);
    });

    private int Block(MapShape shape) => shape.Axes.Aggregate(1, (product, _) => product * Factor);
}

internal sealed record PixelShuffleLayer(int Factor) : PixelBlockLayer(Factor, false)
{
    public override string Kind => "PixelShuffle";
}

internal sealed record PixelUnshuffleLayer(int Factor) : PixelBlockLayer(Factor, true)
{
    public override string Kind => "PixelUnshuffle";
}

/// <summary>The channels of the input as a table with a row for each group, column by column.</summary>
internal sealed record ChannelShuffleLayer(int Groups) : Layer
{
    public override string Kind => "ChannelShuffle";

    protected override IEnumerable<string> Arguments => Numbers([Groups]);

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) => inputs[0];

    public override Evaluation Evaluate(LayerPass pass) => Moving.Evaluate(pass, indices => Moving.Number(
        [(indices[0] % Groups * (pass.Input.Shape.Channels / Groups)) + (indices[0] / Groups), .. indices[1..]], pass.Input.Shape.Lengths));
}

/// <summary>As Python's slices: the elements of one axis from a first index up to a last one, which is not taken.</summary>
internal sealed record SliceLayer(int Start, int? End = null) : Layer
{
    public override string Kind => "Slice";

    public int Step { get; init; } = 1;

    public int Axis { get; init; } = 1;

    protected override IEnumerable<string> Arguments =>
    [
        Start.ToString(CultureInfo.InvariantCulture),
        .. End is { } end ? [end.ToString(CultureInfo.InvariantCulture)] : Array.Empty<string>(),
        .. Optional("Step", Step, 1),
        .. Optional("Axis", Axis, 1),
    ];

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs)
    {
        int[] lengths = [.. inputs[0].Lengths];
        lengths[Moving.Place(Axis, inputs[0])] = Taken(inputs[0]).Length;
        return MapShape.Of(lengths);
    }

    public override Evaluation Evaluate(LayerPass pass)
    {
        int[] taken = Taken(pass.Input.Shape);
        int place = Moving.Place(Axis, pass.Input.Shape);
        return Moving.Evaluate(pass, indices =>
        {
            indices[place] = taken[indices[place]];
            return Moving.Number(indices, pass.Input.Shape.Lengths);
        });
    }

    /// <summary>The indices that are taken, found by trying them all in the order of the step.</summary>
    private int[] Taken(MapShape input)
    {
        int length = input.Lengths[Moving.Place(Axis, input)];
        int start = Start < 0 ? Start + length : Start;
        int? end = End < 0 ? End + length : End;
        List<int> taken = [];
        for (int index = Math.Clamp(start, 0, Step < 0 ? length - 1 : length); index >= 0 && index < length; index += Step)
        {
            if (end is { } last && (Step > 0 ? index >= last : index <= last))
                break;
            taken.Add(index);
        }

        return [.. taken];
    }
}
