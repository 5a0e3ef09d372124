namespace Cnn.Generator.Planning;

/// <summary>The vector registers that a kernel's text may count on, and what follows from their number.</summary>
/// <param name="Registers">How many there are.</param>
/// <param name="PanelFloats">Floats of <c>b</c> that all rows pass over before the next part of the reduction is begun.</param>
public sealed record RegisterFile(int Registers, int PanelFloats)
{
    /// <summary>
    /// 16 registers, as AVX2 has them. A step's few multiply-adds need <c>b</c> from the first-level cache: 20 KB of its 32.
    /// </summary>
    public static RegisterFile Narrow { get; } = new(16, 5 * 1024);

    /// <summary>
    /// 32 registers of 512 bits. Enough multiply-adds come between the loads of <c>b</c> that the second-level cache delivers it in time: half a megabyte
    /// of it is a panel, which leaves the sums in registers over the whole reduction of nearly every layer.
    /// </summary>
    public static RegisterFile Wide { get; } = new(32, 128 * 1024);

    /// <summary>Whether a tile's accumulators, one row of <c>b</c> and a broadcast fit.</summary>
    public bool Holds(int rows, int columns) => (rows * columns) + columns + 1 <= Registers;
}
