using Cnn.CompilerServices;

namespace Cnn.Training.Tests;

/// <summary>Runs kernels on one instruction set until it is disposed. The choice is the process's, so tests of this project do not run in parallel.</summary>
internal sealed class InstructionSetScope : IDisposable
{
    private readonly int _before = InstructionSets.Selected;

    public InstructionSetScope(InstructionSet set) => InstructionSets.Selected = (int)set;

    /// <summary>All sets, those too that this machine only imitates: a 512-bit kernel is split in halves.</summary>
    public static IReadOnlyList<InstructionSet> All { get; } = [InstructionSet.Scalar, InstructionSet.Wasm, InstructionSet.Neon,
        InstructionSet.Avx2, InstructionSet.Avx512];

    public void Dispose() => InstructionSets.Selected = _before;
}
