using Cnn.Property.Tests.Oracle;

namespace Cnn.Property.Tests.Layers;

/// <summary>Every input element lays the kernel, scaled by itself, onto the output: y[o, p stride - padding + t dilation] += weight[i, o, t] x[i, p].</summary>
internal sealed record ConvTransposeLayer(int OutChannels, Window Window) : Layer
{
    public override string Kind => "ConvTranspose";

    public int OutputPadding { get; init; }

    /// <summary>One per axis, or null where they are not written.</summary>
    public int[]? OutputPaddings { get; init; }

    public int Groups { get; init; } = 1;

    public bool Bias { get; init; } = true;

    protected override IEnumerable<string> Arguments =>
    [
        .. Numbers([OutChannels, .. Window.Kernel]), .. Window.NamedArguments, .. Optional("OutputPadding", OutputPadding, 0),
        .. Optional("OutputPaddings", OutputPaddings), .. Optional("Groups", Groups, 1), .. Optional("Bias", Bias, true),
    ];

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs)
    {
        Sliding window = Window.Resolve(inputs[0].Rank, strideIsKernel: false);
        return new MapShape(
            OutChannels,
            [.. inputs[0].Axes.Select((length, axis) => OutputLength(window, length, axis))]);
    }

    public override IEnumerable<OracleParameter> Parameters(MapShape input)
    {
        Sliding window = Window.Resolve(input.Rank, strideIsKernel: false);
        yield return OracleParameter.Weight(input.Channels / Groups * window.TapCount, [input.Channels, OutChannels / Groups, .. window.Kernel]);
        if (Bias)
            yield return OracleParameter.Bias(OutChannels);
    }

    public override Evaluation Evaluate(LayerPass pass)
    {
        (FeatureMap x, FeatureMap y) = (pass.Input, pass.NewOutput());
        (OracleParameter weight, OracleParameter? bias) = (pass.Get("weight"), pass.Find("bias"));
        for (int index = 0; index < y.Values.Length; index++)
            y.Values[index] = bias?.Values[index / y.Shape.Positions % OutChannels] ?? 0;
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

    private int OutputLength(Sliding window, int length, int axis) =>
        ((length - 1) * window.Stride[axis]) - window.Begin[axis] - window.End[axis] + window.Extent(axis) + (OutputPaddings?[axis] ?? OutputPadding);

    private void ForEachProduct(FeatureMap x, FeatureMap y, Action<int, int, int, Position, Position, int> product)
    {
        Sliding window = Window.Resolve(x.Shape.Rank, strideIsKernel: false);
        (int inputs, int outputs) = (x.Shape.Channels / Groups, OutChannels / Groups);
        Position[] taps = window.Taps;
        for (int tap = 0; tap < taps.Length; tap++)
        {
            foreach (Position from in x.Positions)
            {
                Position to = window.Under(from, taps[tap]);
                if (!y.Contains(to))
                    continue;
                for (int image = 0; image < x.Images; image++)
                {
                    for (int input = 0; input < x.Shape.Channels; input++)
                    {
                        for (int output = 0; output < outputs; output++)
                            product(image, input, (input / inputs * outputs) + output, from, to, (((input * outputs) + output) * taps.Length) + tap);
                    }
                }
            }
        }
    }
}
