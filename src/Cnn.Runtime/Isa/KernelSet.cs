using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Cnn.CompilerServices;

/// <summary>Which text of a kernel to run. Ask from the widest down; the last resort is the scalar one.</summary>
/// <remarks>
/// The hardware test stands first in each condition: it is a constant in a NativeAOT build, so the kernels that can never run are not compiled. Nor are those
/// below what such a build takes for granted: there the limit of <see cref="InstructionSets"/> reaches no further down, or each program would have every pass
/// several times.
/// Under the JIT the 512-bit text can be chosen without the hardware, by tests only: it is then split in halves, correct and slow.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class KernelSet
{
    /// <summary>Run the 512-bit text.</summary>
    public static bool UseAvx512
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Avx512F.IsSupported || RuntimeFeature.IsDynamicCodeCompiled) && InstructionSets.Selected == (int)InstructionSet.Avx512;
    }

    /// <summary>Run the 256-bit text.</summary>
    public static bool UseAvx2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Avx2.IsSupported && Fma.IsSupported && (InstructionSets.IsAheadOfTime || InstructionSets.Selected >= (int)InstructionSet.Avx2);
    }

    /// <summary>Run the 128-bit text.</summary>
    public static bool UseVector128
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128.IsHardwareAccelerated && (InstructionSets.IsAheadOfTime || InstructionSets.Selected >= (int)InstructionSet.Wasm);
    }
}
