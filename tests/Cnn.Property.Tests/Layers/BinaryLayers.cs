using Cnn.Property.Tests.Oracle;

namespace Cnn.Property.Tests.Layers;

/// <summary>A function of two tensors, element by element, in which an axis of length 1 is repeated.</summary>
/// <param name="Other">The layer that makes the second one.</param>
internal abstract record BinaryLayer(string Other) : Layer
{
    public override IReadOnlyList<string> Operands => [Other];

    /// <summary>Whether it divides by the other tensor.</summary>
    public virtual bool Divides => false;

    protected override IEnumerable<string> Arguments => [$"\"{Other}\""];

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) => new(
        Math.Max(inputs[0].Channels, inputs[1].Channels), [.. inputs[0].Axes.Zip(inputs[1].Axes, Math.Max)]);

    public override Evaluation Evaluate(LayerPass pass)
    {
        FeatureMap y = pass.NewOutput();
        (FeatureMap a, FeatureMap b) = (pass.Inputs[0], pass.Inputs[1]);
        double magnitude = Math.Max(a.Magnitude(), b.Magnitude());
        ForEach(y, (image, channel, at) =>
        {
            (double first, double second) = (Element(a, image, channel, at), Element(b, image, channel, at));
            Doubt(pass.Doubts, first, second, magnitude);
            y[image, channel, at] = Value(first, second);
        });
        return new Evaluation(y, dy =>
        {
            (FeatureMap da, FeatureMap db) = (a.Empty(), b.Empty());
            ForEach(y, (image, channel, at) =>
            {
                (double first, double second) = Slopes(Element(a, image, channel, at), Element(b, image, channel, at));
                Element(da, image, channel, at) += dy[image, channel, at] * first;
                Element(db, image, channel, at) += dy[image, channel, at] * second;
            });
            return [da, db];
        });
    }

    protected abstract double Value(double a, double b);

    /// <summary>The partial derivatives.</summary>
    protected abstract (double First, double Second) Slopes(double a, double b);

    /// <summary>Notes what single precision may see otherwise.</summary>
    protected virtual void Doubt(Doubts doubts, double a, double b, double magnitude)
    {
    }

    private static void ForEach(FeatureMap map, Action<int, int, Position> element)
    {
        for (int image = 0; image < map.Images; image++)
        {
            for (int channel = 0; channel < map.Shape.Channels; channel++)
            {
                foreach (Position at in map.Positions)
                    element(image, channel, at);
            }
        }
    }

    private static ref double Element(FeatureMap map, int image, int channel, Position at) => ref map[
        image,
        Math.Min(channel, map.Shape.Channels - 1),
        new Position(Math.Min(at.Z, map.Shape.Lifted(0) - 1), Math.Min(at.Y, map.Shape.Lifted(1) - 1), Math.Min(at.X, map.Shape.Lifted(2) - 1))];
}

internal sealed record AddLayer(string Other) : BinaryLayer(Other)
{
    public override string Kind => "Add";

    protected override double Value(double a, double b) => a + b;

    protected override (double First, double Second) Slopes(double a, double b) => (1, 1);
}

internal sealed record SubtractLayer(string Other) : BinaryLayer(Other)
{
    public override string Kind => "Subtract";

    protected override double Value(double a, double b) => a - b;

    protected override (double First, double Second) Slopes(double a, double b) => (1, -1);
}

internal sealed record MultiplyLayer(string Other) : BinaryLayer(Other)
{
    public override string Kind => "Multiply";

    protected override double Value(double a, double b) => a * b;

    protected override (double First, double Second) Slopes(double a, double b) => (b, a);
}

internal sealed record DivideLayer(string Other) : BinaryLayer(Other)
{
    public override string Kind => "Divide";

    public override bool Divides => true;

    protected override double Value(double a, double b) => a / b;

    protected override (double First, double Second) Slopes(double a, double b) => (1 / b, -a / (b * b));

    protected override void Doubt(Doubts doubts, double a, double b, double magnitude) => doubts.Amplified(Math.Abs(1 / b));
}

/// <summary>Of two that are equal, each has half of the gradient.</summary>
internal sealed record MaximumLayer(string Other) : BinaryLayer(Other)
{
    public override string Kind => "Maximum";

    protected override double Value(double a, double b) => Math.Max(a, b);

    protected override (double First, double Second) Slopes(double a, double b) => a == b ? (0.5, 0.5) : a > b ? (1, 0) : (0, 1);

    protected override void Doubt(Doubts doubts, double a, double b, double magnitude) => doubts.Decided(a - b, magnitude);
}

/// <summary>Of two that are equal, each has half of the gradient.</summary>
internal sealed record MinimumLayer(string Other) : BinaryLayer(Other)
{
    public override string Kind => "Minimum";

    protected override double Value(double a, double b) => Math.Min(a, b);

    protected override (double First, double Second) Slopes(double a, double b) => a == b ? (0.5, 0.5) : a < b ? (1, 0) : (0, 1);

    protected override void Doubt(Doubts doubts, double a, double b, double magnitude) => doubts.Decided(a - b, magnitude);
}
