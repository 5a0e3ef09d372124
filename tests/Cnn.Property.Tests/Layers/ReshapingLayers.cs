using Cnn.Property.Tests.Oracle;

namespace Cnn.Property.Tests.Layers;

internal sealed record FlattenLayer : Layer
{
    public override string Kind => "Flatten";

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) => new(inputs[0].Length);

    public override Evaluation Evaluate(LayerPass pass) =>
        new(pass.Input.Reshape(pass.NewOutput().Shape), dy => [dy.Reshape(pass.Input.Shape)]);
}

internal sealed record IdentityLayer : Layer
{
    public override string Kind => "Identity";

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) => inputs[0];

    public override Evaluation Evaluate(LayerPass pass) => new(pass.Input, dy => [dy]);
}

/// <summary>
/// With a probability of 0 everywhere, with any other one in a predictor only: what a trainer drops is the generator's secret, and has tests of its
/// own.
/// </summary>
internal sealed record DropoutLayer(double? Probability) : Layer
{
    public override string Kind => "Dropout";

    protected override IEnumerable<string> Arguments => Probability is { } probability ? [Number(probability)] : [];

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) => inputs[0];

    public override Evaluation Evaluate(LayerPass pass) => pass.Training && Probability is not 0
        ? throw new NotSupportedException("The oracle does not know which elements a trainer drops.")
        : new Evaluation(pass.Input, dy => [dy]);
}

/// <summary>As <see cref="DropoutLayer"/>, of whole images.</summary>
internal sealed record StochasticDepthLayer(double Probability) : Layer
{
    public override string Kind => "StochasticDepth";

    protected override IEnumerable<string> Arguments => [Number(Probability)];

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) => inputs[0];

    public override Evaluation Evaluate(LayerPass pass) => pass.Training && Probability != 0
        ? throw new NotSupportedException("The oracle does not know which images a trainer drops.")
        : new Evaluation(pass.Input, dy => [dy]);
}

/// <summary>(x - mean) / deviation, per channel.</summary>
internal sealed record NormalizeLayer(double[] Means, double[] Deviations) : Layer
{
    public override string Kind => "Normalize";

    protected override IEnumerable<string> Arguments =>
        [$"Mean = [{string.Join(", ", Means.Select(Number))}]", $"Deviation = [{string.Join(", ", Deviations.Select(Number))}]"];

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) => inputs[0];

    public override Evaluation Evaluate(LayerPass pass)
    {
        (FeatureMap x, FeatureMap y) = (pass.Input, pass.NewOutput());
        int Channel(int index) => index / x.Shape.Positions % x.Shape.Channels;
        for (int index = 0; index < y.Values.Length; index++)
            y.Values[index] = (x.Values[index] - Rounded(Means[Channel(index)])) / Rounded(Deviations[Channel(index)]);
        return new Evaluation(y, dy =>
        {
            FeatureMap dx = x.Empty();
            for (int index = 0; index < dx.Values.Length; index++)
                dx.Values[index] = dy.Values[index] / Rounded(Deviations[Channel(index)]);
            return [dx];
        });
    }
}
