using Cnn.Property.Tests.Oracle;

namespace Cnn.Property.Tests.Layers;

/// <summary>Along the channels: the input's first, then those of the named layers in order.</summary>
internal sealed record ConcatLayer(params string[] Others) : Layer
{
    public override string Kind => "Concat";

    public override IReadOnlyList<string> Operands => Others;

    protected override IEnumerable<string> Arguments => Others.Select(other => $"\"{other}\"");

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) => inputs[0].WithChannels(inputs.Sum(input => input.Channels));

    public override Evaluation Evaluate(LayerPass pass)
    {
        FeatureMap y = pass.NewOutput();
        ForEach(pass.Inputs, (input, image, channel, joined, at) => y[image, joined, at] = pass.Inputs[input][image, channel, at]);
        return new Evaluation(y, dy =>
        {
            FeatureMap[] gradients = [.. pass.Inputs.Select(input => input.Empty())];
            ForEach(pass.Inputs, (input, image, channel, joined, at) => gradients[input][image, channel, at] = dy[image, joined, at]);
            return gradients;
        });
    }

    private static void ForEach(IReadOnlyList<FeatureMap> inputs, Action<int, int, int, int, Position> element)
    {
        int joined = 0;
        for (int input = 0; input < inputs.Count; input++)
        {
            for (int channel = 0; channel < inputs[input].Shape.Channels; channel++, joined++)
            {
                for (int image = 0; image < inputs[input].Images; image++)
                {
                    foreach (Position at in inputs[input].Positions)
                        element(input, image, channel, joined, at);
                }
            }
        }
    }
}
