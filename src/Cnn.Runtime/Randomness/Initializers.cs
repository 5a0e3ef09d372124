using System.ComponentModel;
using System.Globalization;

namespace Cnn.CompilerServices;

/// <summary>The values that parameters start with.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Initializers
{
    /// <summary>PyTorch's default for the weights and the bias of convolutions and linear layers: uniform in [-1/√fanIn, 1/√fanIn).</summary>
    /// <remarks>
    /// For weights this is Kaiming's uniform initialisation with a = √5, which PyTorch takes. A value depends on seed, stream and its index alone.
    /// Source: PyTorch, <c>_ConvNd.reset_parameters</c> and <c>Linear.reset_parameters</c>.
    /// </remarks>
    /// <param name="values">Receives the values, in PyTorch's layout.</param>
    /// <param name="fanIn">How many inputs an output of the layer is summed from, at least 1.</param>
    /// <param name="seed">The network's seed.</param>
    /// <param name="stream">A number of this parameter's own within the network, so that no two parameters are alike.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fanIn"/> is less than 1.</exception>
    public static void UniformFanIn(Span<float> values, int fanIn, int seed, int stream)
    {
        if (fanIn < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(fanIn), fanIn, string.Create(CultureInfo.InvariantCulture, $"fanIn is {fanIn}: give the number of inputs of one output, at least 1."));
        }

        float bound = (float)(1 / Math.Sqrt(fanIn));
        CounterRandom random = new(unchecked((uint)seed), unchecked((uint)stream));
        ulong block = 0;
        while (values.Length >= CounterRandom.BlockLength)
        {
            random.Block(block++, out uint a, out uint b, out uint c, out uint d);
            values[0] = Scale(a, bound);
            values[1] = Scale(b, bound);
            values[2] = Scale(c, bound);
            values[3] = Scale(d, bound);
            values = values[CounterRandom.BlockLength..];
        }

        for (int i = 0; i < values.Length; i++)
            values[i] = Scale(random.UInt32((block * CounterRandom.BlockLength) + (uint)i), bound);
    }

    private static float Scale(uint bits, float bound) => bound * ((2 * CounterRandom.ToSingle(bits)) - 1);
}
