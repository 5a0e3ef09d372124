using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>Layer normalisation over the channels of each position of a channels-last map.</summary>
/// <remarks>
/// Sums over channels are eight, for the remainders of the channel by 8, combined as in <see cref="SoftmaxKernels"/>. Sources: Ba, Kiros and Hinton, arXiv
/// 1607.06450; Liu et al., arXiv 2201.03545.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PositionNormKernels
{
    /// <summary>y = (x - mean) inverseDeviation weight + bias; 0 behind the channels where there is no weight, and where weight and bias are 0 there.</summary>
    /// <param name="x">Input [positions][pitch].</param>
    /// <param name="weight">[pitch]; anything where there is none.</param>
    /// <param name="bias">[pitch]; anything where there is none.</param>
    /// <param name="isAffine">Whether there are a weight and a bias.</param>
    /// <param name="mean">Receives the mean of each position [positions].</param>
    /// <param name="inverseDeviation">Receives 1 / sqrt(variance + epsilon) of each position [positions].</param>
    /// <param name="y">Output [positions][pitch]; may be <paramref name="x"/>.</param>
    /// <param name="positions">Positions.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public static void Forward(
        ref float x, ref float weight, ref float bias, bool isAffine, ref float mean, ref float inverseDeviation, ref float y, nint positions, nint channels,
        nint pitch, float epsilon)
        => WidthLadder.RunNarrow(
            new PositionNormForward(ref x, ref weight, ref bias, isAffine, ref mean, ref inverseDeviation, ref y, channels, pitch, epsilon), 0, positions);

    /// <summary>dx = inverseDeviation (g - Σ g / channels - x̂ Σ g x̂ / channels), g = dy weight; 0 behind the channels.</summary>
    /// <param name="dy">Gradient of the output [positions][pitch].</param>
    /// <param name="x">Input of the forward pass [positions][pitch].</param>
    /// <param name="weight">[pitch]; anything where there is none.</param>
    /// <param name="isAffine">Whether there is a weight.</param>
    /// <param name="mean">The mean of each position [positions].</param>
    /// <param name="inverseDeviation">The inverse deviation of each position [positions].</param>
    /// <param name="dx">Gradient of the input [positions][pitch], overwritten; may be <paramref name="dy"/>.</param>
    /// <param name="positions">Positions.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    public static void Backward(
        ref float dy, ref float x, ref float weight, bool isAffine, ref float mean, ref float inverseDeviation, ref float dx, nint positions, nint channels,
        nint pitch)
        => WidthLadder.RunNarrow(
            new PositionNormBackward(ref dy, ref x, ref weight, isAffine, ref mean, ref inverseDeviation, ref dx, channels, pitch), 0, positions);

    /// <summary>sumDyXhat[c] = Σ dy x̂ and sumDy[c] = Σ dy over the positions of one image, in two chains by the position.</summary>
    /// <param name="dy">Gradient of the output [positions][pitch].</param>
    /// <param name="x">Input of the forward pass [positions][pitch].</param>
    /// <param name="mean">The mean of each position [positions].</param>
    /// <param name="inverseDeviation">The inverse deviation of each position [positions].</param>
    /// <param name="positions">Positions.</param>
    /// <param name="pitch">Floats of one position, a multiple of 8.</param>
    /// <param name="sumDy">Output [pitch], overwritten.</param>
    /// <param name="sumDyXhat">Output [pitch], overwritten.</param>
    public static void ParameterSums(
        ref float dy, ref float x, ref float mean, ref float inverseDeviation, nint positions, nint pitch, ref float sumDy, ref float sumDyXhat)
        => WidthLadder.RunColumns(
            new PositionNormSums(ref dy, ref x, ref mean, ref inverseDeviation, positions, pitch, ref sumDy, ref sumDyXhat), pitch);
}
