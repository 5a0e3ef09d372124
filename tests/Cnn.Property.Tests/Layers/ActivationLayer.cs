using System.Globalization;
using Cnn.Property.Tests.Oracle;
using Functions = Cnn.Runtime.Tests.Kernels.Oracle;

namespace Cnn.Property.Tests.Layers;

/// <summary>A function of each element alone.</summary>
/// <param name="Kind">The attribute without its suffix.</param>
/// <param name="Settings">Its arguments by name.</param>
internal sealed record ActivationLayer(string Kind, params (string Name, double Value)[] Settings) : Layer
{
    public override string Kind { get; } = Kind;

    /// <summary>GELU by tanh instead of erf.</summary>
    public bool ByTanh { get; init; }

    /// <summary>Whether the arguments are given by place and not by name.</summary>
    public bool Positional { get; init; }

    protected override IEnumerable<string> Arguments =>
        [.. Settings.Select(setting => Positional ? Number(setting.Value) : $"{setting.Name} = {Number(setting.Value)}"), .. Optional("Tanh", ByTanh, false)];

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) => inputs[0];

    public override Evaluation Evaluate(LayerPass pass)
    {
        FeatureMap x = pass.Input;
        Function function = Find();
        double magnitude = x.Magnitude();
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

    private double Get(string name, double standard)
    {
        foreach ((string given, double value) in Settings)
        {
            if (given == name)
                return Rounded(value);
        }

        return Rounded(standard);
    }

    private Function Find()
    {
        double alpha = Get("Alpha", 1);
        return Kind switch
        {
            "ReLU" => new(x => Math.Max(x, 0), x => x > 0 ? 1 : 0, 0),
            "ReLU6" => new(x => Math.Clamp(x, 0, 6), x => x is > 0 and < 6 ? 1 : 0, 0, 6),
            "LeakyReLU" => Leaky(Get("Slope", 0.01)),
            "ELU" => new(x => x > 0 ? x : alpha * Functions.Expm1(x), x => x > 0 ? 1 : alpha * Math.Exp(x), 0),
            "CELU" => new(x => x > 0 ? x : alpha * Functions.Expm1(x / alpha), x => x > 0 ? 1 : Math.Exp(x / alpha)),
            "SELU" => ScaledExponential(),
            "GELU" => ByTanh ? GaussianByTanh() : Gaussian(),
            "SiLU" => new(x => x * Functions.Sigmoid(x), x => Functions.Sigmoid(x) * (1 + (x * (1 - Functions.Sigmoid(x))))),
            "Mish" => new(x => x * Math.Tanh(Softplus(x)), MishSlope),
            "Sigmoid" => new(Functions.Sigmoid, x => Functions.Sigmoid(x) * (1 - Functions.Sigmoid(x))),
            "Tanh" => new(Math.Tanh, x => 1 - (Math.Tanh(x) * Math.Tanh(x))),
            "Softplus" => new(Softplus, Functions.Sigmoid),
            "Softsign" => new(x => x / (1 + Math.Abs(x)), x => 1 / ((1 + Math.Abs(x)) * (1 + Math.Abs(x)))),
            "HardSigmoid" => HardSigmoid(Get("Alpha", 1.0 / 6), Get("Beta", 0.5)),
            "HardSwish" => new(x => x * Math.Clamp(x + 3, 0, 6) / 6, x => x <= -3 ? 0 : x >= 3 ? 1 : ((2 * x) + 3) / 6, -3, 3),
            "Clip" => Clip(Get("Min", double.NegativeInfinity), Get("Max", double.PositiveInfinity)),
            _ => throw new NotSupportedException(string.Create(CultureInfo.InvariantCulture, $"The oracle knows no activation {Kind}.")),
        };
    }

    private static Function Leaky(double slope) => new(x => x > 0 ? x : slope * x, x => x > 0 ? 1 : slope, 0);

    /// <summary>Klambauer and others, Self-Normalizing Neural Networks, 2017.</summary>
    private static Function ScaledExponential()
    {
        const double Alpha = 1.6732632423543772848170429916717;
        const double Scale = 1.0507009873554804934193349852946;
        return new Function(x => Scale * (x > 0 ? x : Alpha * Functions.Expm1(x)), x => Scale * (x > 0 ? 1 : Alpha * Math.Exp(x)), 0);
    }

    private static Function Gaussian()
    {
        static double Cumulative(double x) => (1 + Functions.Erf(x / Math.Sqrt(2))) / 2;
        return new Function(x => x * Cumulative(x), x => Cumulative(x) + (x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI)));
    }

    private static Function GaussianByTanh()
    {
        double scale = Math.Sqrt(2 / Math.PI);
        double Inner(double x) => Math.Tanh(scale * (x + (0.044715 * x * x * x)));
        return new Function(
            x => x / 2 * (1 + Inner(x)),
            x => ((1 + Inner(x)) / 2) + (x / 2 * (1 - (Inner(x) * Inner(x))) * scale * (1 + (3 * 0.044715 * x * x))));
    }

    private static Function HardSigmoid(double alpha, double beta) => new(
        x => Math.Clamp((alpha * x) + beta, 0, 1), x => (alpha * x) + beta is > 0 and < 1 ? alpha : 0, -beta / alpha, (1 - beta) / alpha);

    /// <summary>At the limits themselves the slope is 1.</summary>
    private static Function Clip(double least, double most) => new(
        x => Math.Min(Math.Max(x, least), most), x => x >= least && x <= most ? 1 : 0, [.. new[] { least, most }.Where(double.IsFinite)]);

    private static double Softplus(double x) => Math.Max(x, 0) + Functions.Log1p(Math.Exp(-Math.Abs(x)));

    private static double MishSlope(double x)
    {
        double tanh = Math.Tanh(Softplus(x));
        return tanh + (x * (1 - (tanh * tanh)) * Functions.Sigmoid(x));
    }

    /// <param name="Value">The function.</param>
    /// <param name="Slope">Its derivative.</param>
    /// <param name="Kinks">Where the derivative jumps.</param>
    private sealed record Function(Func<double, double> Value, Func<double, double> Slope, params double[] Kinks);
}

/// <summary>x, and where it is not positive x times a learned slope: one for all, or one a channel.</summary>
internal sealed record PReLULayer : Layer
{
    public override string Kind => "PReLU";

    public bool PerChannel { get; init; }

    protected override IEnumerable<string> Arguments => Optional("PerChannel", PerChannel, false);

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) => inputs[0];

    public override IEnumerable<OracleParameter> Parameters(MapShape input) => [new OracleParameter("weight", PerChannel ? input.Channels : 1) { Range = (0.05, 0.6) }];

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

/// <summary>Over the channels of each position: exp(x) / sum of exp(x), or its logarithm.</summary>
internal sealed record SoftmaxLayer(bool Logarithm) : Layer
{
    public override string Kind => Logarithm ? "LogSoftmax" : "Softmax";

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) => inputs[0];

    public override Evaluation Evaluate(LayerPass pass)
    {
        (FeatureMap x, FeatureMap y) = (pass.Input, pass.NewOutput());
        double[] logarithms = new double[x.Values.Length];
        foreach (int[] channels in Vectors(x))
        {
            double largest = channels.Max(index => x.Values[index]);
            double sum = largest + Math.Log(channels.Sum(index => Math.Exp(x.Values[index] - largest)));
            foreach (int index in channels)
            {
                logarithms[index] = x.Values[index] - sum;
                y.Values[index] = Logarithm ? logarithms[index] : Math.Exp(logarithms[index]);
            }
        }

        return new Evaluation(y, dy =>
        {
            FeatureMap dx = x.Empty();
            foreach (int[] channels in Vectors(x))
            {
                double sum = channels.Sum(index => Logarithm ? dy.Values[index] : dy.Values[index] * y.Values[index]);
                foreach (int index in channels)
                    dx.Values[index] = Logarithm ? dy.Values[index] - (Math.Exp(logarithms[index]) * sum) : y.Values[index] * (dy.Values[index] - sum);
            }

            return [dx];
        });
    }

    /// <summary>The indices of the channels of each position of each image.</summary>
    private static IEnumerable<int[]> Vectors(FeatureMap x)
    {
        (int positions, int channels) = (x.Shape.Positions, x.Shape.Channels);
        for (int vector = 0; vector < x.Images * positions; vector++)
            yield return [.. Enumerable.Range(0, channels).Select(channel => (((vector / positions * channels) + channel) * positions) + (vector % positions))];
    }
}
