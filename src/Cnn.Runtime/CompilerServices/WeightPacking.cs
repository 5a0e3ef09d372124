using System.ComponentModel;

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

    /// <summary>Where an element stands.</summary>
    internal int Offset(int group, int output, int tap, int input) =>
        BlockOffset(group, output, out int width) + (((tap * Inputs) + input) * width) + (output % Block);

    /// <summary>Copies PyTorch's layout into the packed one; each output may be scaled.</summary>
    /// <param name="values">[groups * outputs, inputs, taps], or with inputs and outputs exchanged.</param>
    /// <param name="packed">Receives the packed weight; its padding is not touched.</param>
    /// <param name="scale">One factor an output of all groups, or none.</param>
    internal void Pack(ReadOnlySpan<float> values, Span<float> packed, ReadOnlySpan<double> scale = default)
    {
        int index = 0;
        for (int row = 0; row < FileRows; row++)
        {
            for (int column = 0; column < FileColumns; column++)
            {
                int place = Place(row, column, out int output, out int step);
                double factor = scale.IsEmpty ? 1 : scale[output];
                for (int tap = 0; tap < Taps; tap++, place += step)
                    packed[place] = scale.IsEmpty ? values[index++] : (float)(values[index++] * factor);
            }
        }
    }

    /// <summary>Copies the packed layout into PyTorch's.</summary>
    /// <param name="packed">The packed weight.</param>
    /// <param name="values">Receives [groups * outputs, inputs, taps], or with inputs and outputs exchanged.</param>
    internal void Unpack(ReadOnlySpan<float> packed, Span<float> values)
    {
        int index = 0;
        for (int row = 0; row < FileRows; row++)
        {
            for (int column = 0; column < FileColumns; column++)
            {
                int place = Place(row, column, out _, out int step);
                for (int tap = 0; tap < Taps; tap++, place += step)
                    values[index++] = packed[place];
            }
        }
    }

    private int FileRows => Groups * (InputsFirst ? Inputs : Outputs);

    private int FileColumns => InputsFirst ? Outputs : Inputs;

    /// <summary>Where the first tap of a row and column of PyTorch's layout stands.</summary>
    /// <param name="row">Index of its first axis.</param>
    /// <param name="column">Index of its second axis.</param>
    /// <param name="output">The output among those of all groups.</param>
    /// <param name="step">Floats from one tap to the next.</param>
    private int Place(int row, int column, out int output, out int step)
    {
        int rowsOfGroup = InputsFirst ? Inputs : Outputs;
        int group = row / rowsOfGroup;
        (int input, int outputOfGroup) = InputsFirst ? (row % rowsOfGroup, column) : (column, row % rowsOfGroup);
        output = (group * Outputs) + outputOfGroup;
        int start = BlockOffset(group, outputOfGroup, out int width) + (outputOfGroup % Block);
        step = Inputs * width;
        return start + (input * width);
    }
}
