using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>
/// Winograd's F(4x4, 3x3) and F(2x2, 5x5): a convolution as 36 products a 6x6 tile instead of 144 or 100. What comes before the products, and behind them.
/// </summary>
/// <remarks>
/// y = Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A, where ⊙ multiplies point by point and sums over inputs: 36 matrix products [tiles, inputs] · [inputs,
/// outputs], which are generated. Source: Lavin and Gray, arXiv 1509.09308; the points are those of <c>WinogradPoints</c>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Winograd
{
    /// <summary>Bᵀ d B of neighbouring tiles.</summary>
    /// <param name="x">The element under the first tap of the first tile: the tiles' 6x6 positions are all inside the tensor and its border.</param>
    /// <param name="v">Receives [36][tiles][pitch], the points <paramref name="pointStep"/> floats apart.</param>
    /// <param name="map">The input's pitch, rows and images, and the height and width of the output.</param>
    /// <param name="first">The first tile, counted along the rows and over the images.</param>
    /// <param name="tiles">How many tiles.</param>
    /// <param name="pointStep">Floats from one point to the next.</param>
    public static void TransformInput(ref float x, ref float v, WinogradMap map, nint first, nint tiles, nint pointStep)
    {
        if (map.Outputs == FourOutputsOfThreeTaps.Outputs)
            WidthLadder.Run(new WinogradInput<FourOutputsOfThreeTaps>(ref x, ref v, map, first, tiles, pointStep), map.Pitch);
        else
            WidthLadder.Run(new WinogradInput<TwoOutputsOfFiveTaps>(ref x, ref v, map, first, tiles, pointStep), map.Pitch);
    }

    /// <summary>epilogue(Aᵀ m A + bias) of neighbouring tiles, without a residual.</summary>
    /// <param name="m">[36][tiles][channels], the points <paramref name="pointStep"/> floats apart.</param>
    /// <param name="bias">One number a channel.</param>
    /// <param name="y">The first of the channels at the first position of the output; what tiles have beyond its height and width is not stored.</param>
    /// <param name="map">The output.</param>
    /// <param name="first">The first tile, counted along the rows and over the images.</param>
    /// <param name="tiles">How many tiles.</param>
    /// <param name="channels">How many channels, a multiple of 8.</param>
    /// <param name="pointStep">Floats from one point to the next.</param>
    /// <param name="epilogue">What is done to each sum.</param>
    public static void TransformOutput<TEpilogue>(
        ref float m, ref float bias, ref float y, WinogradMap map, nint first, nint tiles, nint channels, nint pointStep, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue =>
        TransformOutput(ref m, ref bias, ref Unsafe.NullRef<float>(), ref y, map, map, first, tiles, channels, pointStep, epilogue);

    /// <summary>epilogue(Aᵀ m A) of neighbouring tiles, without a bias and a residual.</summary>
    /// <inheritdoc cref="TransformOutput{TEpilogue}(ref float, ref float, ref float, WinogradMap, nint, nint, nint, nint, TEpilogue)"/>
    public static void TransformOutput<TEpilogue>(
        ref float m, ref float y, WinogradMap map, nint first, nint tiles, nint channels, nint pointStep, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue =>
        TransformOutput(ref m, ref Unsafe.NullRef<float>(), ref y, map, first, tiles, channels, pointStep, epilogue);

    /// <summary>epilogue(Aᵀ m A + bias, residual) of neighbouring tiles.</summary>
    /// <param name="m">[36][tiles][channels], the points <paramref name="pointStep"/> floats apart.</param>
    /// <param name="bias">One number a channel.</param>
    /// <param name="residual">The first of the channels at the first position of the residual.</param>
    /// <param name="y">The first of the channels at the first position of the output; what tiles have beyond its height and width is not stored.</param>
    /// <param name="residualMap">The residual: as large as the output, with the same pitch.</param>
    /// <param name="map">The output.</param>
    /// <param name="first">The first tile, counted along the rows and over the images.</param>
    /// <param name="tiles">How many tiles.</param>
    /// <param name="channels">How many channels, a multiple of 8.</param>
    /// <param name="pointStep">Floats from one point to the next.</param>
    /// <param name="epilogue">What is done to each sum.</param>
    public static void TransformOutput<TEpilogue>(
        ref float m, ref float bias, ref float residual, ref float y, WinogradMap residualMap, WinogradMap map, nint first, nint tiles, nint channels,
        nint pointStep, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        if (map.Outputs == FourOutputsOfThreeTaps.Outputs)
            Transform<FourOutputsOfThreeTaps, TEpilogue>(ref m, ref bias, ref residual, ref y, residualMap, map, first, tiles, channels, pointStep, epilogue);
        else
            Transform<TwoOutputsOfFiveTaps, TEpilogue>(ref m, ref bias, ref residual, ref y, residualMap, map, first, tiles, channels, pointStep, epilogue);
    }

    /// <summary>epilogue(Aᵀ m A, residual) of neighbouring tiles: without a bias.</summary>
    /// <inheritdoc cref="TransformOutput{TEpilogue}(ref float, ref float, ref float, ref float, WinogradMap, WinogradMap, nint, nint, nint, nint, TEpilogue)"/>
    public static void TransformOutput<TEpilogue>(
        ref float m, ref float residual, ref float y, WinogradMap residualMap, WinogradMap map, nint first, nint tiles, nint channels, nint pointStep,
        TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue =>
        TransformOutput(ref m, ref Unsafe.NullRef<float>(), ref residual, ref y, residualMap, map, first, tiles, channels, pointStep, epilogue);

    private static void Transform<TForm, TEpilogue>(
        ref float m, ref float bias, ref float residual, ref float y, WinogradMap residualMap, WinogradMap map, nint first, nint tiles, nint channels,
        nint pointStep, TEpilogue epilogue)
        where TForm : struct, IWinogradForm
        where TEpilogue : struct, IEpilogue =>
        WidthLadder.Run(
            new WinogradOutput<TForm, TEpilogue>(ref m, ref bias, ref residual, ref y, first, tiles, residualMap, map, channels, pointStep, epilogue),
            channels);
}
