using Cnn.Property.Tests.Oracle;

namespace Cnn.Property.Tests.Layers;

/// <summary>y[o] = bias[o] + sum over i of weight[o, i] x[i].</summary>
internal sealed record LinearLayer(int OutFeatures) : Layer
{
    public override string Kind => "Linear";

    public bool Bias { get; init; } = true;

    protected override IEnumerable<string> Arguments => [.. Numbers([OutFeatures]), .. Optional("Bias", Bias, true)];

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) => new(OutFeatures);

    public override IEnumerable<OracleParameter> Parameters(MapShape input)
    {
        yield return OracleParameter.Weight(input.Channels, OutFeatures, input.Channels);
        if (Bias)
            yield return OracleParameter.Bias(OutFeatures);
    }

    public override Evaluation Evaluate(LayerPass pass)
    {
        (FeatureMap x, FeatureMap y) = (pass.Input, pass.NewOutput());
        (OracleParameter weight, OracleParameter? bias) = (pass.Get("weight"), pass.Find("bias"));
        int inputs = x.Shape.Channels;
        for (int image = 0; image < x.Images; image++)
        {
            for (int output = 0; output < OutFeatures; output++)
            {
                double sum = bias?.Values[output] ?? 0;
                for (int input = 0; input < inputs; input++)
                    sum += weight.Values[(output * inputs) + input] * x.Values[(image * inputs) + input];
                y.Values[(image * OutFeatures) + output] = sum;
            }
        }

        return new Evaluation(y, dy =>
        {
            FeatureMap dx = x.Empty();
            for (int index = 0; index < dy.Values.Length; index++)
            {
                (int image, int output) = (index / OutFeatures, index % OutFeatures);
                for (int input = 0; input < inputs; input++)
                {
                    dx.Values[(image * inputs) + input] += weight.Values[(output * inputs) + input] * dy.Values[index];
                    weight.Gradients[(output * inputs) + input] += x.Values[(image * inputs) + input] * dy.Values[index];
                }
            }

            BiasGradient.AddTo(bias, dy);
            return [dx];
        });
    }
}
