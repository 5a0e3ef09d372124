using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Text;

namespace Cnn.Generator.Emission;

/// <summary>An instruction set that a program has kernels for: how generated code asks for it, and its vectors.</summary>
/// <param name="Test">The property of <c>KernelSet</c>; null for the last, which runs everywhere.</param>
/// <param name="Types">The type arguments of a kernel.</param>
internal sealed record VectorSet(string? Test, string Types)
{
    private static VectorSet Avx512 { get; } = new("UseAvx512", "_run::Simd512, _simd::Vector512<float>");

    private static VectorSet Avx2 { get; } = new("UseAvx2", HalfTypes);

    private static VectorSet Vector128 { get; } = new("UseVector128", "_run::Simd128, _simd::Vector128<float>");

    private static VectorSet Scalar { get; } = new(null, "_run::SimdScalar, float");

    /// <summary>Those of a program, the widest first.</summary>
    public static IEnumerable<VectorSet> Of(EmitOptions options)
    {
        if (options.Avx512)
            yield return Avx512;
        if (options.Avx2)
            yield return Avx2;
        if (options.Neon)
            yield return Vector128;
        yield return Scalar;
    }

    /// <summary>The type arguments of a class of kernels for 256-bit vectors, which 512-bit ones leave their last eight lanes to.</summary>
    public const string HalfTypes = "_run::Simd256, _simd::Vector256<float>";

    /// <summary>What a type or method that is written once for all sets has for its type parameters.</summary>
    public static readonly string[] Constraints = ["    where TSimd : struct, _run::ISimd<TVector>", "    where TVector : struct"];

    /// <summary>Writes the choice among those of a program.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="options">Which sets the program has.</param>
    /// <param name="call">What each of them calls, from its type arguments.</param>
    public static void EmitChoice(SourceWriter writer, EmitOptions options, Func<string, string> call)
    {
        string otherwise = string.Empty;
        foreach (VectorSet set in Of(options))
        {
            if (set.Test is not null)
                writer.Indented($"{otherwise}if (_run::KernelSet.{set.Test})", call(set.Types));
            else if (otherwise.Length == 0)
                writer.Line(call(set.Types));
            else
                writer.Indented("else", call(set.Types));
            otherwise = "else ";
        }
    }

    /// <summary>Writes what 512-bit vectors do, and what all others do.</summary>
    public static void EmitWide(SourceWriter writer, EmitOptions options, string wide, string others)
    {
        if (!options.Avx512 || wide == others)
        {
            writer.Line(others);
            return;
        }

        writer.Indented("if (Lanes == 16)", wide);
        writer.Indented("else", others);
    }

    /// <summary>Writes a kernel that takes whole vectors of channels: a vector of 512 bits may leave eight of them to one of 256.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="options">Which sets the program has.</param>
    /// <param name="name">The step's name.</param>
    /// <param name="body">The step.</param>
    /// <param name="pitch">The channels, a multiple of 8.</param>
    /// <param name="isOptimized">Whether the JIT compiles it like a kernel, at once and for good.</param>
    /// <param name="loops">Writes these loops; gets the first lane and the end of the lanes.</param>
    public static void EmitChannels(SourceWriter writer, EmitOptions options, string name, StepBody body, int pitch,
        bool isOptimized, Action<string, string> loops)
    {
        string parameters = StepSignature.Parameters(body);
        bool isWhole = !options.Avx512 || pitch % 16 == 0;
        if (!isWhole)
        {
            string arguments = StepSignature.Arguments(body);
            using (writer.Block($"internal static void {name}({parameters})"))
            {
                int whole = pitch / 16 * 16;
                writer.Line(whole == 0
                    ? "if (Lanes < 16)"
                    : $"{name}Lanes({arguments}, 0, Lanes < 16 ? {Expressions.Number(pitch)} : {Expressions.Number(whole)});");
                if (whole == 0)
                    writer.Line($"    {name}Lanes({arguments}, 0, {Expressions.Number(pitch)});");
                writer.Indented(whole == 0 ? "else" : "if (Lanes == 16)",
                    $"Layers<{HalfTypes}>.{name}Lanes({arguments}, {Expressions.Number(whole)}, {Expressions.Number(pitch)});");
            }

            writer.Line();
        }

        if (isOptimized)
            writer.Line($"[_il::MethodImpl({TileEmitter.Optimized})]");
        using (writer.Block(isWhole
            ? $"internal static void {name}({parameters})"
            : $"private static void {name}Lanes({parameters}, int fromLane, int toLane)"))
        using (writer.Block("unchecked"))
            loops(isWhole ? "0" : "fromLane", isWhole ? Expressions.Number(pitch) : "toLane");
    }
}
