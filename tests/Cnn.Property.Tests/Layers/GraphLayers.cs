using Cnn.Property.Tests.Oracle;

namespace Cnn.Property.Tests.Layers;

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
