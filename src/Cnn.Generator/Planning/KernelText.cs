using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>One text of a kernel: the loops of a contraction's lane section as they are written for a register file.</summary>
/// <param name="Kernel">The contraction, its reduction cut into panels.</param>
/// <param name="Tile">What is accumulated at once.</param>
/// <param name="Cycles">What the whole is estimated to take, on vectors of 16 lanes.</param>
public sealed record KernelText(Contraction Kernel, Tile Tile, double Cycles)
{
    /// <summary>A second text must be faster than the first by this factor.</summary>
    private const double WorthWhile = 1.02;

    /// <summary>The text for 16 registers, which runs on every instruction set.</summary>
    public static KernelText Narrow(Contraction kernel, LaneSection section) => For(kernel, section, RegisterFile.Narrow);

    /// <summary>The text for 512-bit vectors, where it is another one; sections of 8 lanes are too narrow for them.</summary>
    public static KernelText? Wide(Contraction kernel, LaneSection section)
    {
        if (section.Width % 16 != 0)
            return null;
        KernelText wide = For(kernel, section, RegisterFile.Wide);
        return Narrow(kernel, section).Cycles < WorthWhile * wide.Cycles ? null : wide;
    }

    /// <summary>The text that 512-bit vectors run.</summary>
    public static KernelText Widest(Contraction kernel, LaneSection section) => Wide(kernel, section) ?? Narrow(kernel, section);

    /// <summary>The text for a single row: <c>b</c> is read once, so there is nothing to cut into panels, and four chains keep up with any memory.</summary>
    public static KernelText Row(Contraction kernel, LaneSection section)
    {
        int vectors = section.Width / 16;
        int columns = Enumerable.Range(1, 4).Last(count => count == 1 || (vectors >= count && vectors % count == 0));
        return new KernelText(kernel, new Tile(columns, 1, 1), 0);
    }

    /// <summary>The row axes that the text loops over: not those that the caller's units cover.</summary>
    public static EquatableArray<RowAxis> Rows(Contraction kernel) => kernel.Rows.Skip(kernel.OuterRowAxes).ToEquatableArray();

    private static KernelText For(Contraction kernel, LaneSection section, RegisterFile registers)
    {
        Contraction cut = Panels.Cut(kernel, section.Width, registers);
        Tile tile = TileChooser.Choose(cut, section.Width, registers, out double cycles);
        return new KernelText(cut, tile, cycles);
    }
}
