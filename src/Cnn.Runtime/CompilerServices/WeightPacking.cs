using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cnn.CompilerServices;

/// <summary>
/// How a weight of PyTorch's shape <c>[groups * outputs, inputs, taps]</c> is packed for kernels: per group, blocks of output lanes, each
/// <c>[tap][input][lane]</c>; the lanes are the outputs rounded up, the padding zero.
/// </summary>
/// <param name="Groups">Groups that do not see each other.</param>
/// <param name="Outputs">Outputs of one group.</param>
/// <param name="Inputs">Inputs of one group.</param>
/// <param name="Taps">Elements of the kernel.</param>
/// <param name="Block">Lanes of a block; the last of a group may be narrower.</param>
/// <param name="InputsFirst">Whether PyTorch's shape is <c>[groups * inputs, outputs, taps]</c>, as that of a transposed convolution.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct WeightPacking(int Groups, int Outputs, int Inputs, int Taps, int Block, bool InputsFirst = false)
{
    /// <summary>Outputs of one group rounded up to 8, and above 64 to 16.</summary>
    public int Lanes => Outputs <= 64 ? (Outputs + 7) / 8 * 8 : (Outputs + 15) / 16 * 16;

    /// <summary>Rows of a block.</summary>
    public int Rows => Taps * Inputs;

    /// <summary>Floats of the packed weight.</summary>
    public int Size => Groups * Rows * Lanes;

    /// <summary>Where a block of lanes starts, and how many lanes it has.</summary>
    internal int BlockOffset(int group, int output, out int width)
    {
        int first = output / Block * Block;
        width = Math.Min(Block, Lanes - first);
        return (group * Rows * Lanes) + (first * Rows);
    }

    /// <summary>The blocks of a packed weight, each a matrix.</summary>
    /// <param name="start">Where the weight is packed.</param>
    internal IEnumerable<PackedMatrix> Matrices(int start)
    {
        for (int group = 0; group < Groups; group++)
        {
            for (int output = 0; output < Lanes; output += Block)
            {
                int offset = BlockOffset(group, output, out int width);
                yield return new PackedMatrix(start + offset, Rows * width, width);
            }
        }
    }

    /// <summary>The same, each tap a matrix of its own: for taps of unlike size, as the points of <see cref="Winograd"/> are.</summary>
    internal IEnumerable<PackedMatrix> MatricesOfTaps(int start)
    {
        int taps = Taps;
        return Matrices(start).SelectMany(block => Enumerable.Range(0, taps)
            .Select(tap => block with { Offset = block.Offset + (tap * block.Count / taps), Count = block.Count / taps }));
    }

    /// <summary>Where an element stands.</summary>
    internal int Offset(int group, int output, int tap, int input) =>
        BlockOffset(group, output, out int width) + (((tap * Inputs) + input) * width) + (output % Block);

    /// <summary>Copies PyTorch's layout into the packed one; each output may be scaled.</summary>
    /// <param name="values">[groups * outputs, inputs, taps], or with inputs and outputs exchanged.</param>
    /// <param name="packed">Receives the packed weight; its padding is not touched.</param>
    /// <param name="scale">One factor an output of all groups, or none.</param>
    internal void Pack(ReadOnlySpan<float> values, Span<float> packed, ReadOnlySpan<double> scale = default)
    {
        ref float file = ref MemoryMarshal.GetReference(values[..(Groups * Outputs * Inputs * Taps)]);
        ref float place = ref MemoryMarshal.GetReference(packed[..Size]);
        foreach (Rectangle rectangle in Rectangles())
        {
            Packing.TransposeBlock(
                ref Unsafe.Add(ref file, rectangle.File), rectangle.FileStride, ref Unsafe.Add(ref place, rectangle.Packed), rectangle.PackedStride,
                rectangle.Outputs, rectangle.Columns);
        }

        if (!scale.IsEmpty)
            Scale(packed, scale);
    }

    /// <summary>Copies the packed layout into PyTorch's.</summary>
    /// <param name="packed">The packed weight.</param>
    /// <param name="values">Receives [groups * outputs, inputs, taps], or with inputs and outputs exchanged.</param>
    internal void Unpack(ReadOnlySpan<float> packed, Span<float> values)
    {
        ref float file = ref MemoryMarshal.GetReference(values[..(Groups * Outputs * Inputs * Taps)]);
        ref float place = ref MemoryMarshal.GetReference(packed[..Size]);
        foreach (Rectangle rectangle in Rectangles())
        {
            Packing.TransposeBlock(
                ref Unsafe.Add(ref place, rectangle.Packed), rectangle.PackedStride, ref Unsafe.Add(ref file, rectangle.File), rectangle.FileStride,
                rectangle.Columns, rectangle.Outputs);
        }
    }

    /// <summary>
    /// The two layouts as pairs of rectangles that are each other's transposition: outputs by taps, or outputs by inputs where there is one tap.
    /// </summary>
    private IEnumerable<Rectangle> Rectangles()
    {
        bool inputsAreColumns = Taps == 1 && !InputsFirst;
        int outputStride = InputsFirst ? Taps : Inputs * Taps;
        int inputStride = InputsFirst ? Outputs * Taps : Taps;
        for (int group = 0; group < Groups; group++)
        {
            for (int output = 0; output < Outputs; output += Block)
            {
                int block = BlockOffset(group, output, out int width);
                int outputs = Math.Min(width, Outputs - output);
                int file = (group * Outputs * Inputs * Taps) + (output * outputStride);
                if (inputsAreColumns)
                {
                    yield return new Rectangle(file, outputStride, block, width, outputs, Inputs);
                    continue;
                }

                for (int input = 0; input < Inputs; input++)
                    yield return new Rectangle(file + (input * inputStride), outputStride, block + (input * width), Inputs * width, outputs, Taps);
            }
        }
    }

    private void Scale(Span<float> packed, ReadOnlySpan<double> scale)
    {
        for (int output = 0; output < Groups * Outputs; output++)
        {
            int place = BlockOffset(output / Outputs, output % Outputs, out int width) + (output % Outputs % Block);
            for (int row = 0; row < Rows; row++, place += width)
                packed[place] = (float)(packed[place] * scale[output]);
        }
    }

    /// <summary>Outputs that are rows of PyTorch's layout and lanes of the packed one.</summary>
    /// <param name="File">Where they start in PyTorch's layout.</param>
    /// <param name="FileStride">Floats from one output to the next there.</param>
    /// <param name="Packed">Where they start in the packed layout.</param>
    /// <param name="PackedStride">Floats from one column to the next there.</param>
    /// <param name="Outputs">How many outputs.</param>
    /// <param name="Columns">How many elements of each.</param>
    private readonly record struct Rectangle(int File, int FileStride, int Packed, int PackedStride, int Outputs, int Columns);
}
