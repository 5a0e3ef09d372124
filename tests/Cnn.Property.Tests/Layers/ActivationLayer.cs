using Cnn.Definitions;
using Cnn.Property.Tests.Oracle;
using Cnn.Runtime.Tests.Kernels;

namespace Cnn.Property.Tests.Layers;

/// <summary>A function of each element alone.</summary>
/// <param name="Kind">The attribute without its suffix.</param>
/// <param name="Settings">Its arguments by name.</param>
internal sealed record ActivationLayer(string Kind, params (string Name, double Value)[] Settings) : Layer
{
    public override string Kind { get; } = Kind;

    /// <summary>The flag that is set, or null.</summary>
    public string? Flag { get; init; }

    /// <summary>Whether the arguments are given by place and not by name.</summary>
    public bool Positional { get; init; }

    protected override IEnumerable<string> Arguments =>
    [
        .. Settings.Select(setting => Positional ? Number(setting.Value) : $"{setting.Name} = {Number(setting.Value)}"),
        .. Flag is null ? (string[])[] : [$"{Flag} = true"],
    ];

    /// <summary>The function with its default numbers, and with every sample.</summary>
    public static IEnumerable<ActivationLayer> Variants(ActivationDefinition definition)
    {
        ActivationLayer plain = Plain(definition);
        return [plain, .. ActivationOracle.Named(definition.Name).Samples.SelectMany(sample => plain.With(definition, sample))];
    }

    private static ActivationLayer Plain(ActivationDefinition definition) =>
        new(definition.Kind) { Flag = definition.Flag is { Value: true } flag ? flag.Name : null };

    /// <summary>With numbers by name where they are not the defaults; and by place where there is a constructor for them and all are given.</summary>
    private IEnumerable<ActivationLayer> With(ActivationDefinition definition, double[] sample)
    {
        (string Name, double Value)[] all = [.. definition.Numbers.Zip(sample, (number, value) => (number.Name, value))];
        yield return this with { Settings = [.. all.Where((setting, index) => setting.Value != definition.Numbers[index].Default)] };
        if (definition.Numbers.All(number => number.IsPositional) && sample.All(double.IsFinite))
            yield return this with { Settings = all, Positional = true };
    }

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) => inputs[0];

    public override Evaluation Evaluate(LayerPass pass)
    {
        FeatureMap x = pass.Input;
        ActivationFunction function = Oracle.Of(Numbers());
        double magnitude = x.Magnitude();
        if (function.IsSteep)
            pass.Doubts.Amplified(x.Values.Max(value => Steepness(function, value)));
        foreach (double kink in function.Kinks)
        {
            foreach (double value in x.Values)
                pass.Doubts.Decided(value - kink, magnitude);
        }

        return new Evaluation(x.Select(function.Value), dy =>
        {
            FeatureMap dx = x.Empty();
            for (int index = 0; index < dx.Values.Length; index++)
                dx.Values[index] = dy.Values[index] * function.Slope(x.Values[index]);
            return [dx];
        });
    }

    /// <summary>Its numbers in the order of the definition, given or by default.</summary>
    public double[] Numbers() => [.. Definition.Numbers.Select(number => Rounded(
        Settings.Where(setting => setting.Name == number.Name).Select(setting => setting.Value).FirstOrDefault(number.Default)))];

    /// <summary>Whether it has values of positive numbers alone.</summary>
    public bool NeedsPositive => Oracle.Of(Numbers()).LeastInput >= 0;

    /// <summary>By how much errors grow; without bounds where there is no value.</summary>
    private static double Steepness(ActivationFunction function, double x) =>
        x <= function.LeastInput ? double.PositiveInfinity
        : Math.Max(Math.Abs(function.Slope(x)) / Math.Max(1, Math.Abs(function.Value(x))), double.IsFinite(function.LeastInput) ? 0.2 / x : 0);

    /// <summary>The same in double, and in PyTorch.</summary>
    public ActivationOracle Oracle => ActivationOracle.Named(Definition.Name);

    private ActivationDefinition Definition => ActivationTable.OfKind(Kind)
        .Single(candidate => candidate.Flag is not { } flag || flag.Value == (flag.Name == Flag));
}

/// <summary>x, and where it is not positive x times a learned slope: one for all, or one a channel.</summary>
internal sealed record PReLULayer : Layer
{
    public override string Kind => "PReLU";

    public bool PerChannel { get; init; }

    protected override IEnumerable<string> Arguments => Optional("PerChannel", PerChannel, false);

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) => inputs[0];

    public override IEnumerable<OracleParameter> Parameters(MapShape input) =>
        [new OracleParameter("weight", PerChannel ? input.Channels : 1) { Range = (0.05, 0.6) }];

    public override Evaluation Evaluate(LayerPass pass)
    {
        FeatureMap x = pass.Input;
        OracleParameter slope = pass.Get("weight");
        int Channel(int index) => PerChannel ? index / x.Shape.Positions % x.Shape.Channels : 0;
        FeatureMap y = pass.NewOutput();
        double magnitude = x.Magnitude();
        for (int index = 0; index < y.Values.Length; index++)
        {
            pass.Doubts.Decided(x.Values[index], magnitude);
            y.Values[index] = x.Values[index] > 0 ? x.Values[index] : slope.Values[Channel(index)] * x.Values[index];
        }

        return new Evaluation(y, dy =>
        {
            FeatureMap dx = x.Empty();
            for (int index = 0; index < dx.Values.Length; index++)
            {
                bool positive = x.Values[index] > 0;
                dx.Values[index] = dy.Values[index] * (positive ? 1 : slope.Values[Channel(index)]);
                slope.Gradients[Channel(index)] += positive ? 0 : dy.Values[index] * x.Values[index];
            }

            return [dx];
        });
    }
}

/// <summary>Over the channels of each position, or over another axis: exp(x) / sum of exp(x), or its logarithm.</summary>
internal sealed record SoftmaxLayer(bool Logarithm) : Layer
{
    public override string Kind => Logarithm ? "LogSoftmax" : "Softmax";

    public int Axis { get; init; } = 1;

    protected override IEnumerable<string> Arguments => Optional("Axis", Axis, 1);

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) => inputs[0];

    public override Evaluation Evaluate(LayerPass pass)
    {
        (FeatureMap x, FeatureMap y) = (pass.Input, pass.NewOutput());
        double[] logarithms = new double[x.Values.Length];
        foreach (int[] elements in Vectors(x))
        {
            double largest = elements.Max(index => x.Values[index]);
            double sum = largest + Math.Log(elements.Sum(index => Math.Exp(x.Values[index] - largest)));
            foreach (int index in elements)
            {
                logarithms[index] = x.Values[index] - sum;
                y.Values[index] = Logarithm ? logarithms[index] : Math.Exp(logarithms[index]);
            }
        }

        return new Evaluation(y, dy =>
        {
            FeatureMap dx = x.Empty();
            foreach (int[] elements in Vectors(x))
            {
                double sum = elements.Sum(index => Logarithm ? dy.Values[index] : dy.Values[index] * y.Values[index]);
                foreach (int index in elements)
                    dx.Values[index] = Logarithm ? dy.Values[index] - (Math.Exp(logarithms[index]) * sum) : y.Values[index] * (dy.Values[index] - sum);
            }

            return [dx];
        });
    }

    /// <summary>The indices of the elements along the axis, for all indices of the others.</summary>
    private IEnumerable<int[]> Vectors(FeatureMap x)
    {
        int[] lengths = x.Shape.Lengths;
        int place = Moving.Place(Axis, x.Shape);
        int distance = lengths[(place + 1)..].Aggregate(1, (product, length) => product * length);
        int vectors = x.Values.Length / lengths[place];
        for (int vector = 0; vector < vectors; vector++)
        {
            int first = (vector / distance * distance * lengths[place]) + (vector % distance);
            yield return [.. Enumerable.Range(0, lengths[place]).Select(index => first + (index * distance))];
        }
    }
}
