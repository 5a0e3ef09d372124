using Cnn.Property.Tests.Oracle;

namespace Cnn.Property.Tests.Layers;

/// <summary>y[o, p] = bias[o] + sum over inputs i of the group and taps t of weight[o, i, t] x[i, p stride - padding + t dilation].</summary>
internal sealed record ConvLayer(int OutChannels, Window Window) : Layer
{
    public override string Kind => "Conv";

    public int Groups { get; init; } = 1;

    public bool Bias { get; init; } = true;

    protected override IEnumerable<string> Arguments =>
        [.. Numbers([OutChannels, .. Window.Kernel]), .. Window.NamedArguments, .. Optional("Groups", Groups, 1), .. Optional("Bias", Bias, true)];

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs)
    {
        Sliding window = Window.Resolve(inputs[0].Rank, strideIsKernel: false);
        return new MapShape(
            OutChannels,
            [.. inputs[0].Axes.Select((length, axis) => ((length + window.Begin[axis] + window.End[axis] - window.Extent(axis)) / window.Stride[axis]) + 1)]);
    }

    public override IEnumerable<OracleParameter> Parameters(MapShape input)
    {
        Sliding window = Window.Resolve(input.Rank, strideIsKernel: false);
        int inputs = input.Channels / Groups;
        yield return OracleParameter.Weight(inputs * window.TapCount, [OutChannels, inputs, .. window.Kernel]);
        if (Bias)
            yield return OracleParameter.Bias(OutChannels);
    }

    public override Evaluation Evaluate(LayerPass pass)
    {
        (FeatureMap x, FeatureMap y) = (pass.Input, pass.NewOutput());
        (OracleParameter weight, OracleParameter? bias) = (pass.Get("weight"), pass.Find("bias"));
        for (int image = 0; image < y.Images; image++)
        {
            for (int output = 0; output < OutChannels; output++)
            {
                foreach (Position p in y.Positions)
                    y[image, output, p] = bias?.Values[output] ?? 0;
            }
        }

        ForEachProduct(x, y, (image, input, output, from, to, index) => y[image, output, to] += weight.Values[index] * x[image, input, from]);
        return new Evaluation(y, dy =>
        {
            FeatureMap dx = x.Empty();
            ForEachProduct(x, y, (image, input, output, from, to, index) =>
            {
                dx[image, input, from] += weight.Values[index] * dy[image, output, to];
                weight.Gradients[index] += x[image, input, from] * dy[image, output, to];
            });
            BiasGradient.AddTo(bias, dy);
            return [dx];
        });
    }

    /// <summary>All products of one weight with one element of the input; the padding gives none.</summary>
    private void ForEachProduct(FeatureMap x, FeatureMap y, Action<int, int, int, Position, Position, int> product)
    {
        Sliding window = Window.Resolve(x.Shape.Rank, strideIsKernel: false);
        (int inputs, int outputs) = (x.Shape.Channels / Groups, OutChannels / Groups);
        Position[] taps = window.Taps;
        for (int tap = 0; tap < taps.Length; tap++)
        {
            foreach (Position to in y.Positions)
            {
                Position from = window.Under(to, taps[tap]);
                if (!x.Contains(from))
                    continue;
                for (int image = 0; image < x.Images; image++)
                {
                    for (int output = 0; output < OutChannels; output++)
                    {
                        for (int input = 0; input < inputs; input++)
                            product(image, (output / outputs * inputs) + input, output, from, to, (((output * inputs) + input) * taps.Length) + tap);
                    }
                }
            }
        }
    }
}

/// <summary>A bias adds to every position of every image.</summary>
internal static class BiasGradient
{
    public static void AddTo(OracleParameter? bias, FeatureMap dy)
    {
        for (int index = 0; bias is not null && index < dy.Values.Length; index++)
            bias.Gradients[index / dy.Shape.Positions % dy.Shape.Channels] += dy.Values[index];
    }
}
