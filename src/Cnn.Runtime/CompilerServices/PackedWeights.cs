using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>A BatchNorm that is folded into a scale and a shift.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Affine">Whether it has weight and bias.</param>
/// <param name="Epsilon">Added to the variance.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct NormFold(string Layer, bool Affine, float Epsilon);

/// <summary>A predictor's parameters: packed for its kernels, the norms folded in; shared by its clones.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PackedWeights
{
    private readonly AlignedArena _arena;

    /// <summary>Makes room.</summary>
    /// <param name="floats">How much.</param>
    public PackedWeights(int floats) => _arena = new AlignedArena(floats);

    internal ref float Start => ref _arena.Start;

    /// <summary>Packs weight and bias of a layer. A norm y = s x + t behind it turns w and b into s w and s b + t.</summary>
    /// <param name="network">Where the parameters are.</param>
    /// <param name="layer">The layer's name.</param>
    /// <param name="hasBias">Whether it has a bias of its own.</param>
    /// <param name="packing">How the weight is packed.</param>
    /// <param name="weightOffset">Where the weight goes.</param>
    /// <param name="biasOffset">Where the bias goes.</param>
    /// <param name="norms">The norms behind the layer, in the order in which they run.</param>
    public void AddLayer(NetworkCore network, string layer, bool hasBias, WeightPacking packing, int weightOffset, int biasOffset, params ReadOnlySpan<NormFold> norms)
    {
        int outputs = packing.Groups * packing.Outputs;
        double[] scale = new double[outputs];
        double[] shift = new double[outputs];
        Fold(network, norms, scale, shift);
        ReadOnlySpan<float> bias = hasBias ? network.Parameters[layer + ".bias"].Values : default;
        Span<float> packedBias = _arena.Slice(biasOffset, outputs);
        for (int output = 0; output < outputs; output++)
            packedBias[output] = (float)(((hasBias ? bias[output] : 0) * scale[output]) + shift[output]);
        packing.Pack(network.Parameters[layer + ".weight"].Values, _arena.Slice(weightOffset, packing.Size), norms.IsEmpty ? default : scale);
    }

    /// <summary>Packs norms that no layer can take in as one scale and one shift a channel.</summary>
    /// <param name="network">Where the parameters are.</param>
    /// <param name="channels">How many channels.</param>
    /// <param name="scaleOffset">Where the scale goes.</param>
    /// <param name="shiftOffset">Where the shift goes.</param>
    /// <param name="norms">The norms, in the order in which they run.</param>
    public void AddScaleShift(NetworkCore network, int channels, int scaleOffset, int shiftOffset, params ReadOnlySpan<NormFold> norms)
    {
        double[] scale = new double[channels];
        double[] shift = new double[channels];
        Fold(network, norms, scale, shift);
        for (int channel = 0; channel < channels; channel++)
        {
            _arena.Slice(scaleOffset, channels)[channel] = (float)scale[channel];
            _arena.Slice(shiftOffset, channels)[channel] = (float)shift[channel];
        }
    }

    /// <summary>Norms one after the other as one scale and one shift: weight / sqrt(variance + epsilon), and bias - mean * scale.</summary>
    private static void Fold(NetworkCore network, ReadOnlySpan<NormFold> norms, double[] scale, double[] shift)
    {
        scale.AsSpan().Fill(1);
        foreach (NormFold norm in norms)
        {
            ReadOnlySpan<float> mean = network.Parameters[norm.Layer + ".running_mean"].Values;
            ReadOnlySpan<float> variance = network.Parameters[norm.Layer + ".running_var"].Values;
            ReadOnlySpan<float> weight = norm.Affine ? network.Parameters[norm.Layer + ".weight"].Values : default;
            ReadOnlySpan<float> bias = norm.Affine ? network.Parameters[norm.Layer + ".bias"].Values : default;
            for (int channel = 0; channel < scale.Length; channel++)
            {
                double factor = (norm.Affine ? weight[channel] : 1) / Math.Sqrt((double)variance[channel] + norm.Epsilon);
                scale[channel] *= factor;
                shift[channel] = ((shift[channel] - mean[channel]) * factor) + (norm.Affine ? bias[channel] : 0);
            }
        }
    }
}
