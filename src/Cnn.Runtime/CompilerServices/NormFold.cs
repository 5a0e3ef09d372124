using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>A norm with fixed statistics that is folded into a scale and a shift: a BatchNorm of a predictor, or constants.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct NormFold
{
    private readonly string? _layer;
    private readonly bool _affine;
    private readonly float _epsilon;
    private readonly float[]? _mean;
    private readonly float[]? _deviation;

    /// <summary>A BatchNorm: weight (x - running mean) / sqrt(running variance + epsilon) + bias.</summary>
    /// <param name="layer">The layer's name.</param>
    /// <param name="affine">Whether it has weight and bias.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public NormFold(string layer, bool affine, float epsilon)
    {
        _layer = layer;
        _affine = affine;
        _epsilon = epsilon;
    }

    /// <summary>Constants: (x - mean) / deviation.</summary>
    /// <param name="mean">One number a channel.</param>
    /// <param name="deviation">One number a channel, not 0.</param>
    public NormFold(float[] mean, float[] deviation)
    {
        _mean = mean;
        _deviation = deviation;
    }

    /// <summary>Puts the norm behind y = scale x + shift, channel by channel.</summary>
    /// <param name="network">Where the statistics are.</param>
    /// <param name="scale">One factor a channel.</param>
    /// <param name="shift">One summand a channel.</param>
    internal void Append(NetworkCore network, double[] scale, double[] shift)
    {
        ReadOnlySpan<float> mean = _mean ?? network.Parameters[_layer + ".running_mean"].Values;
        ReadOnlySpan<float> variance = _mean is null ? network.Parameters[_layer + ".running_var"].Values : default;
        ReadOnlySpan<float> weight = _affine ? network.Parameters[_layer + ".weight"].Values : default;
        ReadOnlySpan<float> bias = _affine ? network.Parameters[_layer + ".bias"].Values : default;
        for (int channel = 0; channel < scale.Length; channel++)
        {
            double factor = _deviation is null ? (_affine ? weight[channel] : 1) / Math.Sqrt((double)variance[channel] + _epsilon) : 1.0 / _deviation[channel];
            scale[channel] *= factor;
            shift[channel] = ((shift[channel] - mean[channel]) * factor) + (_affine ? bias[channel] : 0);
        }
    }
}
