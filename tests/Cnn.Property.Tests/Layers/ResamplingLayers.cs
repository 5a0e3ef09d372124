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

/// <summary>
/// Nearest: the element at floor(i / scale). Bilinear, with half-pixel centres: between the neighbours of (i + 1/2) / scale - 1/2, kept inside.
/// </summary>
internal sealed record UpsampleLayer(int Scale) : Layer
{
    public override string Kind => "Upsample";

    public bool Bilinear { get; init; }

    protected override IEnumerable<string> Arguments => [.. Numbers([Scale]), .. Bilinear ? ["Mode = UpsampleMode.Bilinear"] : Array.Empty<string>()];

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) => inputs[0].WithAxes([.. inputs[0].Axes.Select(length => length * Scale)]);

    public override Evaluation Evaluate(LayerPass pass)
    {
        (FeatureMap x, FeatureMap y) = (pass.Input, pass.NewOutput());
        int Nearest(int at, int axis) => x.Shape.Lifted(axis) == y.Shape.Lifted(axis) ? at : at / Scale;
        return Resampling.Evaluate(x, y, to => Bilinear
            ? from row in Neighbours(to.Y, x.Shape.Lifted(1))
              from column in Neighbours(to.X, x.Shape.Lifted(2))
              select (new Position(0, row.At, column.At), row.Weight * column.Weight)
            : [(new Position(Nearest(to.Z, 0), Nearest(to.Y, 1), Nearest(to.X, 2)), 1)]);
    }

    private IEnumerable<(int At, double Weight)> Neighbours(int output, int length)
    {
        double centre = Math.Max(0, ((output + 0.5) / Scale) - 0.5);
        int first = (int)Math.Floor(centre);
        yield return (first, 1 - (centre - first));
        yield return (Math.Min(first + 1, length - 1), centre - first);
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
