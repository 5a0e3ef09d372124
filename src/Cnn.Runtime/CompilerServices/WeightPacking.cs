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
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct WeightPacking(int Groups, int Outputs, int Inputs, int Taps, int Block)
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
    /// <param name="values">[groups * outputs, inputs, taps].</param>
    /// <param name="packed">Receives the packed weight; its padding is not touched.</param>
    /// <param name="scale">One factor an output of all groups, or none.</param>
    internal void Pack(ReadOnlySpan<float> values, Span<float> packed, ReadOnlySpan<double> scale = default)
    {
        int index = 0;
        for (int group = 0; group < Groups; group++)
        {
            for (int output = 0; output < Outputs; output++)
            {
                int start = BlockOffset(group, output, out int width) + (output % Block);
                double factor = scale.IsEmpty ? 1 : scale[(group * Outputs) + output];
                for (int input = 0; input < Inputs; input++)
                {
                    int place = start + (input * width);
                    for (int tap = 0; tap < Taps; tap++, place += Inputs * width)
                        packed[place] = scale.IsEmpty ? values[index++] : (float)(values[index++] * factor);
                }
            }
        }
    }

    /// <summary>Copies the packed layout into PyTorch's.</summary>
    /// <param name="packed">The packed weight.</param>
    /// <param name="values">Receives [groups * outputs, inputs, taps].</param>
    internal void Unpack(ReadOnlySpan<float> packed, Span<float> values)
    {
        int index = 0;
        for (int group = 0; group < Groups; group++)
        {
            for (int output = 0; output < Outputs; output++)
            {
                int start = BlockOffset(group, output, out int width) + (output % Block);
                for (int input = 0; input < Inputs; input++)
                {
                    int place = start + (input * width);
                    for (int tap = 0; tap < Taps; tap++, place += Inputs * width)
                        values[index++] = packed[place];
                }
            }
        }
    }
}
