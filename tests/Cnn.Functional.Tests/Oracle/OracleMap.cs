namespace Cnn.Functional.Tests.Oracle;

/// <summary>Layers in their textbook form on one image of [channels, height, width]: plain loops in double, nothing folded, fused or reordered.</summary>
internal sealed record OracleMap(int Channels, int Height, int Width, double[] Values)
{
    public static OracleMap Of(int channels, int height, int width, ReadOnlySpan<float> values) =>
        new(channels, height, width, Array.ConvertAll(values.ToArray(), value => (double)value));

    /// <summary>A square kernel with stride 1.</summary>
    public OracleMap Conv(INetwork network, string layer, int padding = 0, int groups = 1)
    {
        Parameter parameter = network.Parameters[layer + ".weight"];
        (int outputs, int inputs, int kernel) = (parameter.Shape[0], parameter.Shape[1], parameter.Shape[2]);
        float[] weight = parameter.Values.ToArray();
        float[]? bias = Find(network, layer + ".bias");
        OracleMap result = Empty(outputs, Height + (2 * padding) - kernel + 1, Width + (2 * padding) - kernel + 1);
        result.Fill((output, y, x) =>
        {
            double sum = bias?[output] ?? 0;
            int first = output / (outputs / groups) * inputs;
            for (int input = 0; input < inputs; input++)
            {
                for (int tap = 0; tap < kernel * kernel; tap++)
                    sum += weight[(((output * inputs) + input) * kernel * kernel) + tap] * At(first + input, y + (tap / kernel) - padding, x + (tap % kernel) - padding);
            }

            return sum;
        });
        return result;
    }

    /// <summary>Batch normalisation by the running statistics.</summary>
    public OracleMap Norm(INetwork network, string layer, double epsilon = 1e-5)
    {
        float[] mean = network.Parameters[layer + ".running_mean"].Values.ToArray();
        float[] variance = network.Parameters[layer + ".running_var"].Values.ToArray();
        float[]? weight = Find(network, layer + ".weight");
        float[]? bias = Find(network, layer + ".bias");
        return Map((channel, value) => ((value - mean[channel]) / Math.Sqrt(variance[channel] + epsilon) * (weight?[channel] ?? 1)) + (bias?[channel] ?? 0));
    }

    public OracleMap ReLU() => Map((_, value) => Math.Max(value, 0));

    public OracleMap MaxPool(int kernel)
    {
        OracleMap result = Empty(Channels, Height / kernel, Width / kernel);
        result.Fill((channel, y, x) => Enumerable.Range(0, kernel * kernel).Max(tap => At(channel, (y * kernel) + (tap / kernel), (x * kernel) + (tap % kernel))));
        return result;
    }

    public OracleMap Linear(INetwork network, string layer)
    {
        Parameter parameter = network.Parameters[layer + ".weight"];
        float[] weight = parameter.Values.ToArray();
        float[]? bias = Find(network, layer + ".bias");
        OracleMap result = Empty(parameter.Shape[0], 1, 1);
        result.Fill((output, _, _) => (bias?[output] ?? 0) + Values.Select((value, input) => weight[(output * Values.Length) + input] * value).Sum());
        return result;
    }

    private static OracleMap Empty(int channels, int height, int width) => new(channels, height, width, new double[channels * height * width]);

    private static float[]? Find(INetwork network, string name) => network.Parameters.FirstOrDefault(parameter => parameter.Name == name)?.Values.ToArray();

    /// <summary>Zero outside the map.</summary>
    private double At(int channel, int y, int x) => y < 0 || y >= Height || x < 0 || x >= Width ? 0 : Values[(((channel * Height) + y) * Width) + x];

    private void Fill(Func<int, int, int, double> value)
    {
        for (int index = 0; index < Values.Length; index++)
            Values[index] = value(index / (Height * Width), index / Width % Height, index % Width);
    }

    private OracleMap Map(Func<int, double, double> function)
    {
        OracleMap result = Empty(Channels, Height, Width);
        result.Fill((channel, y, x) => function(channel, At(channel, y, x)));
        return result;
    }
}
