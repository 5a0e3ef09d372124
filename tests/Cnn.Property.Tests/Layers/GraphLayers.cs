using Cnn.Property.Tests.Oracle;

namespace Cnn.Property.Tests.Layers;

/// <summary>The sum of two equal shapes.</summary>
internal sealed record AddLayer(string Other) : Layer
{
    public override string Kind => "Add";

    public override IReadOnlyList<string> Operands => [Other];

    protected override IEnumerable<string> Arguments => [$"\"{Other}\""];

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) => inputs[0];

    public override Evaluation Evaluate(LayerPass pass)
    {
        FeatureMap y = pass.NewOutput();
        y.Add(pass.Inputs[0]);
        y.Add(pass.Inputs[1]);
        return new Evaluation(y, dy => [dy, dy]);
    }
}

/// <summary>The product, in which an axis of length 1 is repeated.</summary>
internal sealed record MultiplyLayer(string Other) : Layer
{
    public override string Kind => "Multiply";

    public override IReadOnlyList<string> Operands => [Other];

    protected override IEnumerable<string> Arguments => [$"\"{Other}\""];

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) => new(
        Math.Max(inputs[0].Channels, inputs[1].Channels), [.. inputs[0].Axes.Zip(inputs[1].Axes, Math.Max)]);

    public override Evaluation Evaluate(LayerPass pass)
    {
        FeatureMap y = pass.NewOutput();
        (FeatureMap a, FeatureMap b) = (pass.Inputs[0], pass.Inputs[1]);
        ForEach(y, (image, channel, at) => y[image, channel, at] = Element(a, image, channel, at) * Element(b, image, channel, at));
        return new Evaluation(y, dy =>
        {
            (FeatureMap da, FeatureMap db) = (a.Empty(), b.Empty());
            ForEach(y, (image, channel, at) =>
            {
                Element(da, image, channel, at) += dy[image, channel, at] * Element(b, image, channel, at);
                Element(db, image, channel, at) += dy[image, channel, at] * Element(a, image, channel, at);
            });
            return [da, db];
        });
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

/// <summary>Along the channels or another axis: the input's first, then those of the named layers in order.</summary>
internal sealed record ConcatLayer(params string[] Others) : Layer
{
    public override string Kind => "Concat";

    public int Axis { get; init; } = 1;

    public override IReadOnlyList<string> Operands => Others;

    protected override IEnumerable<string> Arguments => [.. Others.Select(other => $"\"{other}\""), .. Optional("Axis", Axis, 1)];

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs)
    {
        int[] lengths = [.. inputs[0].Lengths];
        int place = Moving.Place(Axis, inputs[0]);
        lengths[place] = inputs.Sum(input => input.Lengths[place]);
        return MapShape.Of(lengths);
    }

    public override Evaluation Evaluate(LayerPass pass)
    {
        FeatureMap y = pass.NewOutput();
        ForEach(pass.Inputs, y, (input, from, to) => y.Values[to] = pass.Inputs[input].Values[from]);
        return new Evaluation(y, dy =>
        {
            FeatureMap[] gradients = [.. pass.Inputs.Select(input => input.Empty())];
            ForEach(pass.Inputs, y, (input, from, to) => gradients[input].Values[from] = dy.Values[to]);
            return gradients;
        });
    }

    private void ForEach(IReadOnlyList<FeatureMap> inputs, FeatureMap y, Action<int, int, int> element)
    {
        int place = Moving.Place(Axis, y.Shape);
        int first = 0;
        for (int input = 0; input < inputs.Count; input++)
        {
            MapShape part = inputs[input].Shape;
            for (int number = 0; number < part.Length; number++)
            {
                int[] indices = Moving.Indices(number, part.Lengths);
                indices[place] += first;
                int to = Moving.Number(indices, y.Shape.Lengths);
                for (int image = 0; image < y.Images; image++)
                    element(input, (image * part.Length) + number, (image * y.Shape.Length) + to);
            }

            first += part.Lengths[place];
        }
    }
}
