using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>The instruction sets that kernels are planned for: the one place of their widths, registers and caches.</summary>
/// <remarks>
/// Caches are those of a usual server core with the set; a text that is made for a smaller cache runs on a larger one as well. There are two texts of a
/// kernel at most, each for several rows: one that any set can run, made for <see cref="FewRegisters"/>, and one for <see cref="ManyRegisters"/>, which
/// runs on every set that has so many (<see cref="Target.HasManyRegisters"/>).
/// </remarks>
public static class Targets
{
    private const int KiB = 1024;
    private const int MiB = 1024 * KiB;

    /// <summary>Floats of a cache line: of 64 bytes on all of them.</summary>
    public const int LineFloats = 64 / Target.FloatBytes;

    /// <summary>Zen 4 and 5, and Intel's server cores since Ice Lake.</summary>
    public static Target Avx512 { get; } = new("avx512", 16, 32, true, 32 * KiB, MiB, 32 * MiB);

    /// <summary>Zen 1 to 3, and Intel's cores from Haswell on.</summary>
    public static Target Avx2 { get; } = new("avx2", 8, 16, true, 32 * KiB, MiB / 2, 32 * MiB);

    /// <summary>Arm's Advanced SIMD: Neoverse N1 and V1. Apple's cores have larger caches.</summary>
    public static Target Neon { get; } = new("neon", 4, 32, true, 64 * KiB, MiB, 32 * MiB);

    /// <summary>WebAssembly's PackedSimd on a desktop's or a telephone's core: a browser's compiler gives it the 16 registers of x64.</summary>
    public static Target Wasm { get; } = new("wasm", 4, 16, false, 32 * KiB, MiB / 4, 4 * MiB);

    /// <summary>One float at a time, in vector registers all the same.</summary>
    public static Target Scalar { get; } = new("scalar", 1, 16, true, 32 * KiB, MiB / 4, 4 * MiB);

    /// <summary>All of them, the widest first.</summary>
    public static EquatableArray<Target> All { get; } = [Avx512, Avx2, Neon, Wasm, Scalar];

    /// <summary>The widest: sections of lanes are cut for its vectors, and a set of half as many lanes takes what is left.</summary>
    public static Target Widest => Avx512;

    /// <summary>What the text of a kernel is made for that every set runs.</summary>
    public static Target FewRegisters => Avx2;

    /// <summary>What the second text is made for.</summary>
    public static Target ManyRegisters => Avx512;
}
