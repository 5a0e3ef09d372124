using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>Makes the transposed copies of packed weights that input gradients read.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WeightTranspose
{
    /// <summary>
    /// For a convolution: inputs become lanes, taps stay rows. [group][output block][tap][input][lane] to [group][input block][tap][output][lane].
    /// </summary>
    /// <param name="worker">Shares the work by group and tap.</param>
    /// <param name="source">The packed weight.</param>
    /// <param name="from">Its packing.</param>
    /// <param name="target">Receives the transposed weight; its padding is zero and not touched.</param>
    /// <param name="to">Its packing: outputs and inputs exchanged.</param>
    public static void TapsToRows(in Worker worker, ref float source, WeightPacking from, ref float target, WeightPacking to)
    {
        worker.Range(from.Groups * from.Taps, out int first, out int last);
        for (int unit = first; unit < last; unit++)
        {
            int group = unit / from.Taps;
            int tap = unit % from.Taps;
            for (int output = 0; output < from.Outputs; output += from.Block)
            {
                int sourceBlock = from.BlockOffset(group, output, out int sourceWidth) + (tap * from.Inputs * sourceWidth);
                int outputs = Math.Min(sourceWidth, from.Outputs - output);
                for (int input = 0; input < from.Inputs; input += to.Block)
                {
                    int targetBlock = to.BlockOffset(group, input, out int targetWidth) + (((tap * to.Inputs) + output) * targetWidth);
                    int inputs = Math.Min(targetWidth, from.Inputs - input);
                    Packing.TransposeBlock(
                        ref Unsafe.Add(ref source, sourceBlock + (input * sourceWidth)), sourceWidth, ref Unsafe.Add(ref target, targetBlock),
                        targetWidth, inputs, outputs);
                }
            }
        }
    }

    /// <summary>
    /// For a linear layer on a map: taps and inputs together become lanes, as the map lies in memory. [output block][tap][input][lane] to
    /// [block of tap * pitch + input][output][lane].
    /// </summary>
    /// <param name="worker">Shares the work by tap.</param>
    /// <param name="source">The packed weight, of one group.</param>
    /// <param name="from">Its packing.</param>
    /// <param name="target">Receives the transposed weight; its padding is zero and not touched.</param>
    /// <param name="to">Its packing: one tap, and as many outputs as the map has floats.</param>
    /// <param name="pitch">Floats from one position of the map to the next.</param>
    public static void TapsToLanes(in Worker worker, ref float source, WeightPacking from, ref float target, WeightPacking to, int pitch)
    {
        // A lone tap is shared by pieces of its inputs.
        int pieces = from.Taps == 1 ? Math.Max(1, from.Inputs / 64) : 1;
        worker.Range(from.Taps * pieces, out int first, out int last);
        for (int unit = first; unit < last; unit++)
        {
            int tap = unit / pieces;
            int piece = unit % pieces;
            int input = from.Inputs / pieces * piece;
            int end = piece == pieces - 1 ? from.Inputs : input + (from.Inputs / pieces);
            while (input < end)
            {
                int lane = (tap * pitch) + input;
                int targetBlock = to.BlockOffset(0, lane, out int targetWidth);
                int count = Math.Min(end - input, targetWidth - (lane % to.Block));
                TransposeInputs(ref source, from, ref Unsafe.Add(ref target, targetBlock + (lane % to.Block)), targetWidth, tap, input, count);
                input += count;
            }
        }
    }

    private static void TransposeInputs(ref float source, WeightPacking from, ref float target, int targetWidth, int tap, int input, int count)
    {
        for (int output = 0; output < from.Outputs; output += from.Block)
        {
            int block = from.BlockOffset(0, output, out int width) + (((tap * from.Inputs) + input) * width);
            int outputs = Math.Min(width, from.Outputs - output);
            Packing.TransposeBlock(ref Unsafe.Add(ref source, block), width, ref Unsafe.Add(ref target, output * targetWidth), targetWidth, count, outputs);
        }
    }
}
