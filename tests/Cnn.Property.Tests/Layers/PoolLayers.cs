using Cnn.Property.Tests.Oracle;

namespace Cnn.Property.Tests.Layers;

/// <summary>What the two pools share: their arguments and the length of their output.</summary>
internal abstract record PoolLayer(Window Window) : Layer
{
    public bool CeilMode { get; init; }

    protected override IEnumerable<string> Arguments => [.. Numbers(Window.Kernel), .. Window.NamedArguments, .. Optional("CeilMode", CeilMode, false)];

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs)
    {
        Sliding window = Window.Resolve(inputs[0].Rank, strideIsKernel: true);
        return inputs[0].WithAxes([.. inputs[0].Axes.Select((length, axis) => OutputLength(window, length, axis))]);
    }

    /// <summary>The elements of the input under the window of an output.</summary>
    protected static IEnumerable<Position> Inside(FeatureMap x, Sliding window, Position output) =>
        window.Taps.Select(tap => window.Under(output, tap)).Where(x.Contains);

    private int OutputLength(Sliding window, int length, int axis)
    {
        int room = length + window.Begin[axis] + window.End[axis] - window.Extent(axis);
        int floor = (int)Math.Floor((double)room / window.Stride[axis]) + 1;
        int ceiling = (int)Math.Ceiling((double)room / window.Stride[axis]) + 1;

        // PyTorch drops a last window that would start in the padding at the end.
        return CeilMode ? (ceiling - 1) * window.Stride[axis] >= length + window.Begin[axis] ? ceiling - 1 : ceiling : floor;
    }
}

/// <summary>The largest element of a window; the padding never wins, and the first of several largest gets the gradient.</summary>
internal sealed record MaxPoolLayer(Window Window) : PoolLayer(Window)
{
    public override string Kind => "MaxPool";

    public override Evaluation Evaluate(LayerPass pass)
    {
        (FeatureMap x, FeatureMap y) = (pass.Input, pass.NewOutput());
        Sliding window = Window.Resolve(x.Shape.Rank, strideIsKernel: true);
        return Maximum.Evaluate(pass, y, output => Inside(x, window, output));
    }
}

/// <summary>The mean of a window.</summary>
internal sealed record AvgPoolLayer(Window Window) : PoolLayer(Window)
{
    public override string Kind => "AvgPool";

    public bool CountIncludePad { get; init; } = true;

    protected override IEnumerable<string> Arguments => [.. base.Arguments, .. Optional("CountIncludePad", CountIncludePad, true)];

    public override Evaluation Evaluate(LayerPass pass)
    {
        (FeatureMap x, FeatureMap y) = (pass.Input, pass.NewOutput());
        Sliding window = Window.Resolve(x.Shape.Rank, strideIsKernel: true);
        return Mean.Evaluate(x, y, output => Inside(x, window, output), output => window.Taps.Count(tap => Counts(x, window, window.Under(output, tap))));
    }

    /// <summary>Elements of the input always count, those of the padding if asked to, and what CeilMode reaches beyond the padding never.</summary>
    private bool Counts(FeatureMap x, Sliding window, Position at) =>
        x.Contains(at) || (CountIncludePad && IsPadded(x, window, at.Z, 0) && IsPadded(x, window, at.Y, 1) && IsPadded(x, window, at.X, 2));

    private static bool IsPadded(FeatureMap x, Sliding window, int at, int lifted)
    {
        int axis = lifted - MapShape.MostAxes + x.Shape.Rank;
        return axis < 0 ? at == 0 : at >= -window.Begin[axis] && at < x.Shape.Axes[axis] + window.End[axis];
    }
}

/// <summary>The mean of each channel's map.</summary>
internal sealed record GlobalAvgPoolLayer : Layer
{
    public override string Kind => "GlobalAvgPool";

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) => inputs[0].WithAxes([.. inputs[0].Axes.Select(_ => 1)]);

    public override Evaluation Evaluate(LayerPass pass) =>
        Mean.Evaluate(pass.Input, pass.NewOutput(), _ => pass.Input.Positions, _ => pass.Input.Positions.Count);
}

/// <summary>The largest element of each channel's map.</summary>
internal sealed record GlobalMaxPoolLayer : Layer
{
    public override string Kind => "GlobalMaxPool";

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) => inputs[0].WithAxes([.. inputs[0].Axes.Select(_ => 1)]);

    public override Evaluation Evaluate(LayerPass pass) => Maximum.Evaluate(pass, pass.NewOutput(), _ => pass.Input.Positions);
}

/// <summary>Windows from floor(i n / m) to ceil((i + 1) n / m), so that m of them cover n elements.</summary>
internal sealed record AdaptiveAvgPoolLayer(params int[] Size) : Layer
{
    public override string Kind => "AdaptiveAvgPool";

    protected override IEnumerable<string> Arguments => Numbers(Size);

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) =>
        inputs[0].WithAxes(Size.Length == inputs[0].Rank ? Size : [.. Enumerable.Repeat(Size[0], inputs[0].Rank)]);

    public override Evaluation Evaluate(LayerPass pass)
    {
        (FeatureMap x, FeatureMap y) = (pass.Input, pass.NewOutput());
        IEnumerable<Position> Inside(Position output) =>
            x.Positions.Where(at => Covers(x, y, 0, output.Z, at.Z) && Covers(x, y, 1, output.Y, at.Y) && Covers(x, y, 2, output.X, at.X));
        return Mean.Evaluate(x, y, Inside, output => Inside(output).Count());
    }

    private static bool Covers(FeatureMap x, FeatureMap y, int axis, int output, int at)
    {
        (double inputs, double outputs) = (x.Shape.Lifted(axis), y.Shape.Lifted(axis));
        return at >= Math.Floor(output * inputs / outputs) && at < Math.Ceiling((output + 1) * inputs / outputs);
    }
}

/// <summary>The largest of some elements of each channel.</summary>
internal static class Maximum
{
    public static Evaluation Evaluate(LayerPass pass, FeatureMap y, Func<Position, IEnumerable<Position>> elements)
    {
        FeatureMap x = pass.Input;
        List<(int Image, int Channel, Position From, Position To)> winners = [];
        double magnitude = x.Magnitude();
        foreach (Position to in y.Positions)
        {
            Position[] candidates = [.. elements(to)];
            for (int image = 0; image < x.Images; image++)
            {
                for (int channel = 0; channel < x.Shape.Channels; channel++)
                {
                    Position best = candidates[0];
                    foreach (Position candidate in candidates.Where(candidate => x[image, channel, candidate] > x[image, channel, best]))
                        best = candidate;
                    foreach (Position candidate in candidates)
                        pass.Doubts.Decided(x[image, channel, best] - x[image, channel, candidate], magnitude);
                    y[image, channel, to] = x[image, channel, best];
                    winners.Add((image, channel, best, to));
                }
            }
        }

        return new Evaluation(y, dy =>
        {
            FeatureMap dx = x.Empty();
            foreach ((int image, int channel, Position from, Position to) in winners)
                dx[image, channel, from] += dy[image, channel, to];
            return [dx];
        });
    }
}

/// <summary>The sum of some elements of each channel, over a count.</summary>
internal static class Mean
{
    public static Evaluation Evaluate(FeatureMap x, FeatureMap y, Func<Position, IEnumerable<Position>> elements, Func<Position, int> count)
    {
        (Position To, Position[] From, int Count)[] windows = [.. y.Positions.Select(to => (to, elements(to).ToArray(), count(to)))];
        ForEach(x, windows, (image, channel, from, to, terms) => y[image, channel, to] += x[image, channel, from] / terms);
        return new Evaluation(y, dy =>
        {
            FeatureMap dx = x.Empty();
            ForEach(x, windows, (image, channel, from, to, terms) => dx[image, channel, from] += dy[image, channel, to] / terms);
            return [dx];
        });
    }

    private static void ForEach(FeatureMap x, (Position To, Position[] From, int Count)[] windows, Action<int, int, Position, Position, int> term)
    {
        foreach ((Position to, Position[] elements, int count) in windows)
        {
            foreach (Position from in elements)
            {
                for (int image = 0; image < x.Images; image++)
                {
                    for (int channel = 0; channel < x.Shape.Channels; channel++)
                        term(image, channel, from, to, count);
                }
            }
        }
    }
}
