namespace Cnn.Generator.Planning;

/// <summary>An instruction set as kernels are planned for it, with the caches of a usual core that has it.</summary>
/// <param name="Name">As <c>CNN_MAX_ISA</c> and <c>CnnInstructionSets</c> call it.</param>
/// <param name="Lanes">Floats in a vector.</param>
/// <param name="Registers">Vector registers.</param>
/// <param name="HasFusedMultiplyAdd">Whether a multiply-add rounds once; sets that have it give the same bits, and so do those that have not.</param>
/// <param name="FirstLevelBytes">Of a core's first-level cache for data.</param>
/// <param name="SecondLevelBytes">Of its second-level cache.</param>
/// <param name="ThirdLevelBytes">Of what is behind that and before memory, which it shares with other cores; 0 for nothing.</param>
public sealed record Target(
    string Name, int Lanes, int Registers, bool HasFusedMultiplyAdd, int FirstLevelBytes, int SecondLevelBytes, int ThirdLevelBytes)
{
    /// <summary>Bytes of a float.</summary>
    public const int FloatBytes = sizeof(float);

    /// <summary>Floats that the first-level cache holds.</summary>
    public int FirstLevelFloats => FirstLevelBytes / FloatBytes;

    /// <summary>Floats that the second-level cache holds.</summary>
    public int SecondLevelFloats => SecondLevelBytes / FloatBytes;

    /// <summary>Floats that the third-level cache holds.</summary>
    public int ThirdLevelFloats => ThirdLevelBytes / FloatBytes;

    /// <summary>
    /// Whether so many sums live in registers that the second-level cache delivers <c>b</c> in time: with 28 of them a step of 2 vectors takes 14 cycles or
    /// more, with 14 it takes half as many.
    /// </summary>
    public bool HasManyRegisters => Registers >= 32;

    /// <summary>
    /// Floats of <c>b</c> that all rows pass over before the next part of the reduction is begun. With many registers half of the second-level cache, which
    /// leaves the sums in them over the whole reduction of nearly every layer; else five eighths of the first-level cache, the rest of which is for what the
    /// rows read and write.
    /// </summary>
    public int PanelFloats => HasManyRegisters ? SecondLevelFloats / 2 : FirstLevelFloats * 5 / 8;

    /// <summary>Whether a tile's accumulators, one row of <c>b</c> and a broadcast fit.</summary>
    public bool Holds(int rows, int columns) => (rows * columns) + columns + 1 <= Registers;
}
