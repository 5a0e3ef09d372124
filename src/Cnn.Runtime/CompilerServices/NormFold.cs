using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>What becomes a scale and a shift a channel in a predictor: a layer with parameters a channel, or constants.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct NormFold
{
    private readonly string? _layer;
    private readonly bool _hasWeight;
    private readonly bool _hasBias;
    private readonly float? _epsilon;
    private readonly float[]? _mean;
    private readonly float[]? _deviation;

    /// <summary>A layer: weight (x - running mean) / sqrt(running variance + epsilon) + bias, of which it may have each part or not.</summary>
    /// <param name="layer">The layer's name.</param>
    /// <param name="hasWeight">Whether it has a weight; else that is 1.</param>
    /// <param name="hasBias">Whether it has a bias; else that is 0.</param>
    /// <param name="epsilon">Added to the variance; null for a layer without statistics.</param>
    public NormFold(string layer, bool hasWeight, bool hasBias, float? epsilon)
    {
        _layer = layer;
        _hasWeight = hasWeight;
        _hasBias = hasBias;
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

    /// <summary>Puts the layer behind y = scale x + shift, channel by channel.</summary>
    /// <param name="network">Where its parameters are.</param>
    /// <param name="scale">One factor a channel.</param>
    /// <param name="shift">One summand a channel.</param>
    internal void Append(NetworkCore network, double[] scale, double[] shift)
    {
        ReadOnlySpan<float> mean = _mean ?? Of(network, "running_mean", _epsilon is not null);
        ReadOnlySpan<float> variance = Of(network, "running_var", _epsilon is not null);
        ReadOnlySpan<float> weight = Of(network, "weight", _hasWeight);
        ReadOnlySpan<float> bias = Of(network, "bias", _hasBias);
        for (int channel = 0; channel < scale.Length; channel++)
        {
            double factor = weight.IsEmpty ? 1 : weight[channel];
            if (_deviation is not null)
                factor = 1.0 / _deviation[channel];
            else if (_epsilon is { } epsilon)
                factor /= Math.Sqrt((double)variance[channel] + epsilon);
            scale[channel] *= factor;
            shift[channel] = ((shift[channel] - (mean.IsEmpty ? 0 : mean[channel])) * factor) + (bias.IsEmpty ? 0 : bias[channel]);
        }
    }

    private ReadOnlySpan<float> Of(NetworkCore network, string parameter, bool isThere) =>
        isThere ? network.Parameters[_layer + "." + parameter].Values : default(ReadOnlySpan<float>);
}
