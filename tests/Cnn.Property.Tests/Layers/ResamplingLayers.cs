using Cnn.Property.Tests.Oracle;

namespace Cnn.Property.Tests.Layers;

/// <summary>Output elements that are weighted sums of a few input elements of their channel, whatever the values.</summary>
internal static class Resampling
{
    public static Evaluation Evaluate(FeatureMap x, FeatureMap y, Func<Position, IEnumerable<(Position From, double Weight)>> sources)
    {
        (Position To, (Position From, double Weight)[] Sources)[] sums = [.. y.Positions.Select(to => (to, sources(to).ToArray()))];
        ForEach(x, sums, (image, channel, from, to, weight) => y[image, channel, to] += weight * x[image, channel, from]);
        return new Evaluation(y, dy =>
        {
            FeatureMap dx = x.Empty();
            ForEach(x, sums, (image, channel, from, to, weight) => dx[image, channel, from] += weight * dy[image, channel, to]);
            return [dx];
        });
    }

    private static void ForEach(FeatureMap x, (Position To, (Position From, double Weight)[] Sources)[] sums, Action<int, int, Position, Position, double> term)
    {
        foreach ((Position to, (Position From, double Weight)[] sources) in sums)
        {
            foreach ((Position from, double weight) in sources)
            {
                for (int image = 0; image < x.Images; image++)
                {
                    for (int channel = 0; channel < x.Shape.Channels; channel++)
                        term(image, channel, from, to, weight);
                }
            }
        }
    }
}

/// <summary>Each axis by its own table: the places of the outputs by PyTorch's and ONNX's definitions.</summary>
internal sealed record UpsampleLayer(int Scale = 1) : Layer
{
    private const int CubicTaps = 4;

    public override string Kind => "Upsample";

    public int[]? Size { get; init; }

    public double[]? Scales { get; init; }

    public UpsampleMode Mode { get; init; }

    public bool AlignCorners { get; init; }

    public UpsampleCoordinates Coordinates { get; init; }

    public UpsampleRounding Rounding { get; init; }

    public double CubicCoefficient { get; init; } = -0.75;

    protected override IEnumerable<string> Arguments =>
    [
        .. Scale == 1 ? Array.Empty<string>() : Numbers([Scale]),
        .. Optional("Size", Size),
        .. Scales is null ? Array.Empty<string>() : [$"Scales = [{string.Join(", ", Scales.Select(Number))}]"],
        .. Mode == UpsampleMode.Nearest ? Array.Empty<string>() : [$"Mode = UpsampleMode.{Mode}"],
        .. Optional("AlignCorners", AlignCorners, false),
        .. Coordinates == UpsampleCoordinates.Standard ? Array.Empty<string>() : [$"Coordinates = UpsampleCoordinates.{Coordinates}"],
        .. Rounding == UpsampleRounding.Floor ? Array.Empty<string>() : [$"Rounding = UpsampleRounding.{Rounding}"],
        .. Optional("CubicCoefficient", CubicCoefficient, -0.75),
    ];

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) =>
        inputs[0].WithAxes([.. inputs[0].Axes.Select((length, axis) => Outputs(axis, length))]);

    public override Evaluation Evaluate(LayerPass pass)
    {
        (FeatureMap x, FeatureMap y) = (pass.Input, pass.NewOutput());
        return Resampling.Evaluate(x, y, to =>
            from plane in Taps(x.Shape, 0, to.Z)
            from row in Taps(x.Shape, 1, to.Y)
            from column in Taps(x.Shape, 2, to.X)
            select (new Position(plane.At, row.At, column.At), plane.Weight * row.Weight * column.Weight));
    }

    private int Outputs(int axis, int length) => Size is { } size ? size[size.Length == 1 ? 0 : axis]
        : Scales is { } scales ? (int)Math.Floor(length * Rounded(scales[scales.Length == 1 ? 0 : axis]))
        : length * Scale;

    /// <summary>The weights of an axis of the input, [outputs][length].</summary>
    public double[][] Matrix(MapShape shape, int axis) =>
    [
        .. Enumerable.Range(0, Outputs(axis, shape.Axes[axis])).Select(output =>
        {
            double[] row = new double[shape.Axes[axis]];
            foreach ((int at, double weight) in Taps(shape, axis + MapShape.MostAxes - shape.Rank, output))
                row[at] += weight;
            return row;
        }),
    ];

    private (int At, double Weight)[] Taps(MapShape shape, int lifted, int output)
    {
        int axis = lifted - MapShape.MostAxes + shape.Rank;
        if (axis < 0)
            return [(output, 1)];
        int length = shape.Axes[axis];
        double place = Place(axis, length, output);
        int Inside(double at) => (int)Math.Clamp(at, 0, length - 1);
        double first = Math.Floor(place);
        switch (Mode)
        {
            case UpsampleMode.Nearest:
                return [(Inside(Rounding switch
                {
                    UpsampleRounding.Floor => first,
                    UpsampleRounding.Ceiling => Math.Ceiling(place),
                    UpsampleRounding.HalfUp => Math.Floor(place + 0.5),
                    _ => Math.Ceiling(place - 0.5),
                }), 1)];
            case UpsampleMode.Cubic:
                return [.. Enumerable.Range(-1, CubicTaps).Select(offset => (Inside(first + offset), Cubic(Math.Abs(place - first - offset))))];
            default:
                place = Math.Clamp(place, 0, length - 1);
                first = Math.Floor(place);
                return [(Inside(first), 1 - (place - first)), (Inside(first + 1), place - first)];
        }
    }

    private double Place(int axis, int length, int output)
    {
        int outputs = Outputs(axis, length);
        if (AlignCorners)
            return outputs == 1 ? 0 : (double)output * (length - 1) / (outputs - 1);
        bool isHalfPixel = Coordinates == UpsampleCoordinates.HalfPixel || (Coordinates == UpsampleCoordinates.Standard && Mode != UpsampleMode.Nearest);
        double offset = isHalfPixel ? 0.5 : 0;
        double scaled = Scales is { } scales ? (output + offset) / Rounded(scales[scales.Length == 1 ? 0 : axis]) : (output + offset) * length / outputs;
        return scaled - offset;
    }

    private double Cubic(double distance)
    {
        double a = Rounded(CubicCoefficient);
        return distance <= 1
            ? ((a + 2) * Math.Pow(distance, 3)) - ((a + 3) * Math.Pow(distance, 2)) + 1
            : (a * Math.Pow(distance, 3)) - (5 * a * Math.Pow(distance, 2)) + (8 * a * distance) - (4 * a);
    }
}

internal enum Edge
{
    Zero,
    Reflect,
    Replicate,
}

/// <summary>Elements around the map: a value, the map mirrored without its edge, or its edge repeated.</summary>
internal sealed record PadLayer(params int[] Paddings) : Layer
{
    public override string Kind => "Pad";

    public Edge Mode { get; init; }

    public double Value { get; init; }

    protected override IEnumerable<string> Arguments =>
        [.. Numbers(Paddings), .. Mode == Edge.Zero ? Array.Empty<string>() : [$"Mode = PadMode.{Mode}"], .. Optional("Value", Value, 0.0)];

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) =>
        inputs[0].WithAxes([.. inputs[0].Axes.Select((length, axis) => length + Begin(inputs[0].Rank, axis) + End(inputs[0].Rank, axis))]);

    public override Evaluation Evaluate(LayerPass pass)
    {
        (FeatureMap x, FeatureMap y) = (pass.Input, pass.NewOutput());
        Evaluation inner = Resampling.Evaluate(x, y, to =>
        {
            Position from = new(Source(x, to.Z, 0), Source(x, to.Y, 1), Source(x, to.X, 2));
            return x.Contains(from) ? [(from, 1.0)] : Array.Empty<(Position, double)>();
        });
        for (int index = 0; Mode == Edge.Zero && index < y.Values.Length; index++)
        {
            Position to = y.Positions[index % y.Positions.Count];
            if (!x.Contains(new Position(Source(x, to.Z, 0), Source(x, to.Y, 1), Source(x, to.X, 2))))
                y.Values[index] = Rounded(Value);
        }

        return inner;
    }

    private int Begin(int rank, int axis) => Paddings.Length == 1 ? Paddings[0] : Paddings[axis];

    private int End(int rank, int axis) => Paddings.Length == 1 ? Paddings[0] : Paddings[rank + axis];

    private int Source(FeatureMap x, int at, int lifted)
    {
        int axis = lifted - MapShape.MostAxes + x.Shape.Rank;
        if (axis < 0)
            return at;
        int length = x.Shape.Axes[axis];
        int from = at - Begin(x.Shape.Rank, axis);
        return Mode switch
        {
            Edge.Reflect => from < 0 ? -from : from >= length ? (2 * (length - 1)) - from : from,
            Edge.Replicate => Math.Clamp(from, 0, length - 1),
            _ => from,
        };
    }
}
