using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Wasm;
using System.Runtime.Intrinsics.X86;

namespace Cnn;

/// <summary>The kernels that this process can run, from the slowest.</summary>
public enum InstructionSet
{
    /// <summary>One float at a time.</summary>
    Scalar,

    /// <summary>
    /// 128-bit vectors of WebAssembly, which has no fused multiply-add; the text of <see cref="Neon"/> on other machines where it is asked for.
    /// </summary>
    Wasm,

    /// <summary>128-bit vectors: Arm's Advanced SIMD, and the same text on other machines where it is asked for.</summary>
    Neon,

    /// <summary>256-bit vectors with fused multiply-add.</summary>
    Avx2,

    /// <summary>512-bit vectors.</summary>
    Avx512,
}

/// <summary>Tells which kernels run. Picked once, the best that the machine (and, in an AOT build, the published instruction set) has.</summary>
/// <remarks>
/// The environment variable <c>CNN_MAX_ISA</c> (<c>avx512</c>, <c>avx2</c>, <c>neon</c>, <c>wasm</c>, <c>scalar</c>) forces a lower one. Results are the
/// same to the last bit on every set whose hardware has fused multiply-add, and on every set of those without. A NativeAOT program has only the kernels of
/// the set that it is published for and of wider ones, so that a limit below that has no effect there.
/// </remarks>
public static class InstructionSets
{
    /// <summary>The environment variable that caps the instruction set.</summary>
    public const string LimitVariable = "CNN_MAX_ISA";

    /// <summary>The kernels in use.</summary>
    /// <exception cref="InvalidOperationException"><c>CNN_MAX_ISA</c> is set to something else than a known set.</exception>
    public static InstructionSet Current => (InstructionSet)Selected;

    /// <summary>The best set of this machine and build, whatever the limit.</summary>
    public static InstructionSet Best
    {
        get
        {
            // Avx512F and not Vector512.IsHardwareAccelerated: the latter is false on machines that lower their clock for 512 bits, where wide FMA still wins.
            if (Avx512F.IsSupported)
                return InstructionSet.Avx512;
            if (Fma.IsSupported && Avx2.IsSupported)
                return InstructionSet.Avx2;
            if (PackedSimd.IsSupported)
                return InstructionSet.Wasm;
            return Vector128.IsHardwareAccelerated ? InstructionSet.Neon : InstructionSet.Scalar;
        }
    }

    /// <summary>A constant in a NativeAOT build; an interpreter, as a browser's, has dynamic code too.</summary>
    internal static bool IsAheadOfTime
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => !RuntimeFeature.IsDynamicCodeSupported;
    }

    /// <summary>A field rather than a property, so that a check costs one load; written again only by tests.</summary>
    internal static int Selected = (int)Select(Environment.GetEnvironmentVariable(LimitVariable));

    internal static InstructionSet Select(string? limit)
    {
        InstructionSet best = Best;
        if (string.IsNullOrEmpty(limit))
            return best;
        InstructionSet cap = limit switch
        {
            "avx512" => InstructionSet.Avx512,
            "avx2" => InstructionSet.Avx2,
            "neon" => InstructionSet.Neon,
            "wasm" => InstructionSet.Wasm,
            "scalar" => InstructionSet.Scalar,
            _ => throw new InvalidOperationException(
                $"{LimitVariable} is '{limit}', which is no instruction set. Set it to avx512, avx2, neon, wasm or scalar, or unset it."),
        };
        // A NativeAOT program has no kernels below the 256-bit ones where it has these, and none below vectors.
        InstructionSet least = !IsAheadOfTime ? InstructionSet.Scalar : best < InstructionSet.Avx2 ? best : InstructionSet.Avx2;
        return cap < least ? least : cap < best ? cap : best;
    }
}
