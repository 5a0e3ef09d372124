using Onnx;
using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Onnx.Tests.Support;

/// <summary>A chain of operations on a map of three channels and four positions: as nodes of a model, and computed in double beside them.</summary>
internal sealed class Chain
{
    public const int Channels = 3;
    public const int Positions = 4;

    /// <summary>Large enough that a map that a ReLU has made constant is not blown up.</summary>
    private const float NormEpsilon = 0.1f;

    private static readonly Dictionary<string, Action<Chain>> Steps = new(StringComparer.Ordinal)
    {
        ["Mul"] = chain => chain.Constant("Mul", isFirst: chain.Flips(), (value, constant) => value * constant),
        ["Add"] = chain => chain.Constant("Add", isFirst: chain.Flips(), (value, constant) => value + constant),
        ["Sub"] = chain => chain.Constant("Sub", isFirst: false, (value, constant) => value - constant),
        ["SubFrom"] = chain => chain.Constant("Sub", isFirst: true, (value, constant) => constant - value),
        ["Div"] = chain => chain.Constant("Div", isFirst: false, (value, constant) => value / constant),
        ["BatchNorm"] = chain => chain.BatchNorm(),
        ["InstanceNorm"] = chain => chain.InstanceNorm(),
        ["Conv"] = chain => chain.Convolution("Conv", (matrix, output, input) => matrix[(output * Channels) + input]),
        ["ConvTranspose"] = chain => chain.Convolution("ConvTranspose", (matrix, output, input) => matrix[(input * Channels) + output]),
        ["Relu"] = chain => chain.Elementwise("Relu", value => Math.Max(0, value)),
        ["Sigmoid"] = chain => chain.Elementwise("Sigmoid", value => 1 / (1 + Math.Exp(-value))),
        ["Skip"] = chain => chain.WithEarlier("Add", (a, b) => a + b),
        ["Gate"] = chain => chain.WithEarlier("Mul", (a, b) => a * b),
    };

    private readonly Random _random;
    private readonly string _prefix;
    private readonly List<(string Name, double[] Values)> _values;

    private Chain(IEnumerable<string> kinds, string prefix, float[] input, Random random)
    {
        _random = random;
        _prefix = prefix;
        _values = [("x", [.. input.Select(value => (double)value)])];
        foreach (string kind in kinds)
            Steps[kind](this);
    }

    public static IReadOnlyList<string> Kinds { get; } = [.. Steps.Keys];

    public List<NodeProto> Nodes { get; } = [];

    public List<TensorProto> Constants { get; } = [];

    /// <summary>The name of the last value.</summary>
    public string Output => _values[^1].Name;

    /// <summary>The last value, channel by channel.</summary>
    public double[] Expected => _values[^1].Values;

    public static Chain Of(IEnumerable<string> kinds, string prefix, float[] input, Random random) => new(kinds, prefix, input, random);

    private bool Flips() => _random.Next(2) == 0;

    private void Constant(string operation, bool isFirst, Func<double, double, double> compute)
    {
        // One number, or one a channel, of either sign and not close to 0, by which it may be divided.
        float[] numbers = Numbers(Flips() ? 1 : Channels, () => (Flips() ? 1 : -1) * (0.5f + _random.NextSingle()));
        string constant = Add(numbers.Length == 1 ? [] : [Channels, 1, 1], numbers);
        string[] inputs = isFirst ? [constant, Output] : [Output, constant];
        Push(operation, inputs, (value, channel) => compute(value, numbers[numbers.Length == 1 ? 0 : channel]));
    }

    private void BatchNorm()
    {
        const float Epsilon = 1e-3f;
        float[] scale = Numbers(Channels, Signed), bias = Numbers(Channels, Signed), mean = Numbers(Channels, Signed);
        float[] variance = Numbers(Channels, () => 0.5f + _random.NextSingle());
        string[] inputs = [Output, .. ((float[][])[scale, bias, mean, variance]).Select(values => Add([Channels], values))];
        Push(
            "BatchNormalization", inputs,
            (value, channel) => ((value - mean[channel]) / Math.Sqrt((double)variance[channel] + Epsilon) * scale[channel]) + bias[channel],
            Real("epsilon", Epsilon));
    }

    private void InstanceNorm()
    {
        float[] scale = Numbers(Channels, Signed), bias = Numbers(Channels, Signed);
        double[] values = [.. Expected];
        double[] means = [.. Enumerable.Range(0, Channels).Select(channel => values.Skip(channel * Positions).Take(Positions).Average())];
        double[] variances =
            [.. means.Select((mean, channel) => values.Skip(channel * Positions).Take(Positions).Average(value => (value - mean) * (value - mean)))];
        Push(
            "InstanceNormalization", [Output, Add([Channels], scale), Add([Channels], bias)],
            (value, channel) => ((value - means[channel]) / Math.Sqrt(variances[channel] + NormEpsilon) * scale[channel]) + bias[channel],
            Real("epsilon", NormEpsilon));
    }

    private void Convolution(string operation, Func<float[], int, int, float> weight)
    {
        float[] matrix = Numbers(Channels * Channels, Signed);
        float[] bias = Numbers(Channels, Signed);
        bool hasBias = Flips();
        double[] values = Expected;
        double[] outputs = new double[values.Length];
        for (int output = 0; output < Channels; output++)
        {
            for (int position = 0; position < Positions; position++)
            {
                outputs[(output * Positions) + position] = (hasBias ? bias[output] : 0)
                    + Enumerable.Range(0, Channels).Sum(input => (double)weight(matrix, output, input) * values[(input * Positions) + position]);
            }
        }

        string[] inputs = [Output, Add([Channels, Channels, 1, 1], matrix), .. hasBias ? (string[])[Add([Channels], bias)] : []];
        Push(operation, inputs, outputs);
    }

    private void Elementwise(string operation, Func<double, double> compute) => Push(operation, [Output], (value, _) => compute(value));

    /// <summary>With any value of the chain, so that some have several readers.</summary>
    private void WithEarlier(string operation, Func<double, double, double> compute)
    {
        (string name, double[] values) = _values[_random.Next(_values.Count)];
        Push(operation, [Output, name], [.. Expected.Zip(values, compute)]);
    }

    private void Push(string operation, string[] inputs, Func<double, int, double> compute, params AttributeProto[] attributes) =>
        Push(operation, inputs, [.. Expected.Select((value, index) => compute(value, index / Positions))], attributes);

    private void Push(string operation, string[] inputs, double[] outputs, params AttributeProto[] attributes)
    {
        string name = $"{_prefix}v{_values.Count}";
        Nodes.Add(Node(operation, inputs, name, attributes));
        _values.Add((name, outputs));
    }

    private string Add(long[] shape, float[] values)
    {
        string name = $"{_prefix}c{Constants.Count}";
        Constants.Add(Floats(name, shape, values));
        return name;
    }

    private float Signed() => (_random.NextSingle() * 2) - 1;

    private static float[] Numbers(int count, Func<float> next) => [.. Enumerable.Range(0, count).Select(_ => next())];
}
