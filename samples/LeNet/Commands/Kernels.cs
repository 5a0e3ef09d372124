using System.Runtime.CompilerServices;
using Cnn;

namespace LeNetSample.Commands;

/// <summary>Tells which kernels run, because a program that is several times slower than it could be looks no different.</summary>
internal static class Kernels
{
    public static string Describe() => $"{Name(InstructionSets.Current)} kernels, {(RuntimeFeature.IsDynamicCodeSupported ? "JIT" : "NativeAOT")}";

    private static string Name(InstructionSet set) => set switch
    {
        InstructionSet.Avx512 => "AVX-512",
        InstructionSet.Avx2 => "AVX2+FMA",
        InstructionSet.Neon or InstructionSet.Wasm => "128-bit",
        _ => "scalar",
    };
}
