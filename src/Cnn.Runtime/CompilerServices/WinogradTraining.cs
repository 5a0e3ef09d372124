using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>What training adds to <see cref="Winograd"/>: weights that change at every step, and their gradient.</summary>
/// <remarks>
/// The input's gradient is the convolution of the output's gradient with the kernels turned by half a turn, inputs and outputs exchanged. The weight's is
/// the adjoint of the forward pass, dg = Gᵀ [Σ (Bᵀ d B) ⊙ (A dy Aᵀ)] G, summed over tiles and images.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WinogradTraining
{
    /// <summary>Outputs that are turned at once.</summary>
    private const int OutputsOfUnit = 8;

    /// <summary>Taps of the kernels that are 3x3; the others are 5x5.</summary>
    private const int FewTaps = 9;

    /// <summary>The points of packed kernels.</summary>
    /// <param name="weight">The packed weight.</param>
    /// <param name="points">Receives the weight with 36 points for taps, else packed alike.</param>
    /// <param name="packing">The weight's packing: one group of 3x3 or 5x5 taps.</param>
    /// <param name="from">The first input of the worker.</param>
    /// <param name="to">The input behind its last.</param>
    public static void TransformWeight(ref float weight, ref float points, WeightPacking packing, int from, int to)
    {
        for (int output = 0; output < packing.Lanes; output += packing.Block)
        {
            int width = int.Min(packing.Block, packing.Lanes - output);
            nint step = packing.Inputs * width;
            Evaluate(
                packing.Taps, ref Unsafe.Add(ref weight, (output * packing.Rows) + (from * width)),
                ref Unsafe.Add(ref points, (output * packing.Inputs * WinogradPoints.Points) + (from * width)), step, step, (to - from) * width);
        }
    }

    /// <summary>The points of packed kernels, turned by half a turn and with inputs and outputs exchanged.</summary>
    /// <param name="weight">The packed weight.</param>
    /// <param name="points">Receives [block of inputs][36][output][input].</param>
    /// <param name="packing">The weight's packing: one group of 3x3 or 5x5 taps.</param>
    /// <param name="target">That of the points.</param>
    /// <param name="from">The first eight outputs of the worker.</param>
    /// <param name="to">The eight behind its last.</param>
    public static void TransformTurnedWeight(ref float weight, ref float points, WeightPacking packing, WeightPacking target, int from, int to)
    {
        int taps = packing.Taps;
        Span<float> turned = stackalloc float[taps * OutputsOfUnit * target.Block];
        for (int unit = from; unit < to; unit++)
        {
            int output = unit * OutputsOfUnit;
            int outputs = int.Min(OutputsOfUnit, packing.Outputs - output);
            ref float source = ref Unsafe.Add(ref weight, packing.BlockOffset(0, output, out int sourceWidth) + (output % packing.Block));
            for (int input = 0; input < packing.Inputs; input += target.Block)
            {
                ref float block = ref Unsafe.Add(ref points, target.BlockOffset(0, input, out int width) + (output * width));
                int inputs = int.Min(width, packing.Inputs - input);
                if (inputs < width)
                    turned.Clear();
                int step = OutputsOfUnit * width;
                for (int tap = 0; tap < taps; tap++)
                {
                    Packing.TransposeBlock(
                        ref Unsafe.Add(ref source, ((tap * packing.Inputs) + input) * sourceWidth), sourceWidth, ref turned[tap * step], width,
                        inputs, outputs);
                }

                Evaluate(taps, ref turned[(taps - 1) * step], ref block, -step, packing.Outputs * width, outputs * width);
            }
        }
    }

    /// <summary>One row of the points Bᵀ d B of neighbouring tiles.</summary>
    /// <param name="x">The element under the first tap of the first tile, at the first of the channels.</param>
    /// <param name="points">Receives [6][tiles][pitch], from the first of the channels on.</param>
    /// <param name="map">The input's pitch, rows and images, and the height and width of the output.</param>
    /// <param name="row">Which row of points.</param>
    /// <param name="first">The first tile, counted over all images.</param>
    /// <param name="tiles">How many tiles.</param>
    /// <param name="channels">How many channels, a multiple of 8.</param>
    /// <param name="pointStep">Floats from one point to the next.</param>
    public static void TransformInputRow(
        ref float x, ref float points, WinogradMap map, int row, nint first, nint tiles, nint channels, nint pointStep)
    {
        if (map.Outputs == FourOutputsOfThreeTaps.Outputs)
            WidthLadder.Run(new WinogradInputRow<FourOutputsOfThreeTaps>(ref x, ref points, map, row, first, tiles, pointStep), channels);
        else
            WidthLadder.Run(new WinogradInputRow<TwoOutputsOfFiveTaps>(ref x, ref points, map, row, first, tiles, pointStep), channels);
    }

    /// <summary>One row of the points A dy Aᵀ of neighbouring tiles; positions that the map does not have count as zeros.</summary>
    /// <param name="dy">The first position of the output's gradient.</param>
    /// <param name="points">Receives [6][tiles][pitch].</param>
    /// <param name="map">The output's gradient.</param>
    /// <param name="row">Which row of points.</param>
    /// <param name="first">The first tile, counted over all images.</param>
    /// <param name="tiles">How many tiles.</param>
    /// <param name="pointStep">Floats from one point to the next.</param>
    public static void TransformGradientRow(ref float dy, ref float points, WinogradMap map, int row, nint first, nint tiles, nint pointStep)
    {
        if (map.Outputs == FourOutputsOfThreeTaps.Outputs)
            WidthLadder.Run(new WinogradGradientRow<FourOutputsOfThreeTaps>(ref dy, ref points, map, row, first, tiles, pointStep), map.Pitch);
        else
            WidthLadder.Run(new WinogradGradientRow<TwoOutputsOfFiveTaps>(ref dy, ref points, map, row, first, tiles, pointStep), map.Pitch);
    }

    /// <summary>The weight's gradient from the sums at its points.</summary>
    /// <param name="points">The sums, packed as the points of <see cref="TransformWeight"/>.</param>
    /// <param name="gradient">Receives the gradient, packed as the weight.</param>
    /// <param name="packing">The weight's packing: one group of 3x3 or 5x5 taps.</param>
    /// <param name="from">The first input of the worker.</param>
    /// <param name="to">The input behind its last.</param>
    public static void GradientOfPoints(ref float points, ref float gradient, WeightPacking packing, int from, int to)
    {
        for (int output = 0; output < packing.Lanes; output += packing.Block)
        {
            int width = int.Min(packing.Block, packing.Lanes - output);
            nint step = packing.Inputs * width;
            ref float sums = ref Unsafe.Add(ref points, (output * packing.Inputs * WinogradPoints.Points) + (from * width));
            ref float taps = ref Unsafe.Add(ref gradient, (output * packing.Rows) + (from * width));
            if (packing.Taps == FewTaps)
                WidthLadder.Run(new WinogradKernelGradient<FourOutputsOfThreeTaps>(ref sums, ref taps, step, step), (to - from) * width);
            else
                WidthLadder.Run(new WinogradKernelGradient<TwoOutputsOfFiveTaps>(ref sums, ref taps, step, step), (to - from) * width);
        }
    }

    /// <summary>The points of kernels side by side.</summary>
    private static void Evaluate(int taps, ref float weight, ref float points, nint tapStep, nint pointStep, nint count)
    {
        if (taps == FewTaps)
            WidthLadder.Run(new WinogradKernel<FourOutputsOfThreeTaps>(ref weight, ref points, tapStep, pointStep), count);
        else
            WidthLadder.Run(new WinogradKernel<TwoOutputsOfFiveTaps>(ref weight, ref points, tapStep, pointStep), count);
    }
}
