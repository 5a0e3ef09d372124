using Cnn.Property.Tests.Oracle;

namespace Cnn.Property.Tests.Layers;

/// <summary>One number of all elements along some axes.</summary>
/// <param name="Axes">1 the channels, 2 and on the positions; negative ones from the end.</param>
internal abstract record ReductionLayer(params int[] Axes) : Layer
{
    public bool KeepAxes { get; init; } = true;

    protected override IEnumerable<string> Arguments => [.. Numbers(Axes), .. Optional("KeepAxes", KeepAxes, true)];

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs)
    {
        int[] lengths = [inputs[0].Channels, .. inputs[0].Axes];
        bool[] reduced = Reduced(inputs[0]);
        int[] left = KeepAxes ? [.. lengths.Select((length, axis) => reduced[axis] ? 1 : length)] : [.. lengths.Where((_, axis) => !reduced[axis])];
        return left.Length == 0 ? new MapShape(1) : new MapShape(left[0], left[1..]);
    }

    public override Evaluation Evaluate(LayerPass pass)
    {
        (FeatureMap x, FeatureMap y) = (pass.Input, pass.NewOutput());
        int[][] sets = AxisSets.Of(x, Reduced(x.Shape));
        for (int output = 0; output < sets.Length; output++)
        {
            double[] values = [.. sets[output].Select(index => x.Values[index])];
            y.Values[output] = Value(values);
            Doubt(pass.Doubts, values);
        }

        return new Evaluation(y, dy =>
        {
            FeatureMap dx = x.Empty();
            for (int output = 0; output < sets.Length; output++)
            {
                double[] slopes = Slopes([.. sets[output].Select(index => x.Values[index])], y.Values[output]);
                for (int place = 0; place < slopes.Length; place++)
                    dx.Values[sets[output][place]] = dy.Values[output] * slopes[place];
            }

            return [dx];
        });
    }

    protected abstract double Value(double[] values);

    /// <summary>The derivative by each.</summary>
    protected abstract double[] Slopes(double[] values, double result);

    protected virtual void Doubt(Doubts doubts, double[] values)
    {
    }

    /// <summary>A largest number has none next to it.</summary>
    protected static void DoubtLargest(Doubts doubts, IEnumerable<double> values)
    {
        double[] sorted = [.. values.OrderDescending()];
        for (int place = 1; place < sorted.Length; place++)
            doubts.Decided(sorted[0] - sorted[place], sorted.Max(Math.Abs));
    }

    protected static double[] Shared(double[] values, double result)
    {
        int ties = values.Count(value => value == result);
        return [.. values.Select(value => value == result ? 1.0 / ties : 0)];
    }

    private bool[] Reduced(MapShape shape) =>
        [.. Enumerable.Range(1, shape.Rank + 1).Select(axis => Axes.Any(written => axis == (written < 0 ? written + shape.Rank + 2 : written)))];
}

internal sealed record ReduceMeanLayer(params int[] Axes) : ReductionLayer(Axes)
{
    public override string Kind => "ReduceMean";

    protected override double Value(double[] values) => values.Average();

    protected override double[] Slopes(double[] values, double result) => [.. values.Select(_ => 1.0 / values.Length)];
}

internal sealed record ReduceSumLayer(params int[] Axes) : ReductionLayer(Axes)
{
    public override string Kind => "ReduceSum";

    protected override double Value(double[] values) => values.Sum();

    protected override double[] Slopes(double[] values, double result) => [.. values.Select(_ => 1.0)];
}

/// <summary>Those that are equal to the largest share the gradient.</summary>
internal sealed record ReduceMaxLayer(params int[] Axes) : ReductionLayer(Axes)
{
    public override string Kind => "ReduceMax";

    protected override double Value(double[] values) => values.Max();

    protected override double[] Slopes(double[] values, double result) => Shared(values, result);

    protected override void Doubt(Doubts doubts, double[] values) => DoubtLargest(doubts, values);
}

/// <summary>Those that are equal to the smallest share the gradient.</summary>
internal sealed record ReduceMinLayer(params int[] Axes) : ReductionLayer(Axes)
{
    public override string Kind => "ReduceMin";

    protected override double Value(double[] values) => values.Min();

    protected override double[] Slopes(double[] values, double result) => Shared(values, result);

    protected override void Doubt(Doubts doubts, double[] values) => DoubtLargest(doubts, values.Select(value => -value));
}

/// <summary>The root of the sum of squares.</summary>
internal sealed record ReduceL2Layer(params int[] Axes) : ReductionLayer(Axes)
{
    public override string Kind => "ReduceL2";

    protected override double Value(double[] values) => Math.Sqrt(values.Sum(value => value * value));

    protected override double[] Slopes(double[] values, double result) => [.. values.Select(value => result == 0 ? 0 : value / result)];

    protected override void Doubt(Doubts doubts, double[] values) => doubts.Amplified(0.5 / Value(values));
}

/// <summary>x / max(norm, epsilon), the norm along an axis.</summary>
internal sealed record L2NormalizeLayer : Layer
{
    public override string Kind => "L2Normalize";

    public int Axis { get; init; } = 1;

    public double Epsilon { get; init; } = 1e-12;

    protected override IEnumerable<string> Arguments => [.. Optional("Axis", Axis, 1), .. Optional("Epsilon", Epsilon, 1e-12)];

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) => inputs[0];

    public override Evaluation Evaluate(LayerPass pass)
    {
        (FeatureMap x, FeatureMap y) = (pass.Input, pass.NewOutput());
        int rank = x.Shape.Rank;
        int[][] sets = AxisSets.Of(x, [.. Enumerable.Range(1, rank + 1).Select(axis => axis == (Axis < 0 ? Axis + rank + 2 : Axis))]);
        double[] norms = [.. sets.Select(set => Math.Sqrt(set.Sum(index => x.Values[index] * x.Values[index])))];
        double least = Rounded(Epsilon);
        for (int set = 0; set < sets.Length; set++)
        {
            pass.Doubts.Decided(norms[set] - least, Math.Max(norms[set], least));
            pass.Doubts.Amplified(0.2 / Math.Max(norms[set], least));
            foreach (int index in sets[set])
                y.Values[index] = x.Values[index] / Math.Max(norms[set], least);
        }

        return new Evaluation(y, dy =>
        {
            FeatureMap dx = x.Empty();
            for (int set = 0; set < sets.Length; set++)
            {
                double along = norms[set] >= least ? sets[set].Sum(index => dy.Values[index] * y.Values[index]) : 0;
                foreach (int index in sets[set])
                    dx.Values[index] = (dy.Values[index] - (y.Values[index] * along)) / Math.Max(norms[set], least);
            }

            return [dx];
        });
    }
}
