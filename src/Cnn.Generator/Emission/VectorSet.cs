using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Text;

namespace Cnn.Generator.Emission;

/// <summary>An instruction set that a program has kernels for: how generated code asks for it, and its vectors.</summary>
/// <param name="Target">The instruction set.</param>
/// <param name="Test">The property of <c>KernelSet</c>; null for the last, which runs everywhere.</param>
/// <param name="Types">The type arguments of a kernel.</param>
internal sealed record VectorSet(Target Target, string? Test, string Types)
{
    private static VectorSet Avx512 { get; } = new(Targets.Avx512, "UseAvx512", "_run::Simd512, _simd::Vector512<float>");

    private static VectorSet Avx2 { get; } = new(Targets.Avx2, "UseAvx2", HalfTypes);

    private static VectorSet Neon { get; } = new(Targets.Neon, "UseVector128", "_run::Simd128, _simd::Vector128<float>");

    /// <summary>The type of vectors is that of <see cref="Neon"/>.</summary>
    private static VectorSet Wasm { get; } = Neon with { Target = Targets.Wasm };

    private static VectorSet Scalar { get; } = new(Targets.Scalar, null, "_run::SimdScalar, float");

    private static string WidestLanes => Expressions.Number(Targets.Widest.Lanes);

    /// <summary>Whether kernels have a text of their own for it and the like, where that is another one.</summary>
    public bool HasManyRegisters => Target.HasManyRegisters;

    /// <summary>Those of a program, the widest first.</summary>
    public static IEnumerable<VectorSet> Of(EmitOptions options)
    {
        if (options.Avx512)
            yield return Avx512;
        if (options.Avx2)
            yield return Avx2;
        if (options.Neon)
            yield return Neon;
        else if (options.Wasm)
            yield return Wasm;
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

    /// <summary>Writes what the widest vectors leave to those of half their width, and what all others do.</summary>
    public static void EmitHalf(SourceWriter writer, EmitOptions options, string half, string others) =>
        EmitTwo(writer, Of(options).Any(static set => set.Target == Targets.Widest), $"Lanes == {WidestLanes}", half, others);

    /// <summary>Writes what sets with many registers do, and what all others do.</summary>
    public static void EmitByRegisters(SourceWriter writer, EmitOptions options, string many, string few) =>
        EmitTwo(writer, Of(options).Any(static set => set.HasManyRegisters), $"Registers == {Expressions.Number(Targets.ManyRegisters.Registers)}", many, few);

    private static void EmitTwo(SourceWriter writer, bool has, string condition, string some, string others)
    {
        if (!has)
        {
            writer.Line(others);
            return;
        }

        writer.Indented($"if ({condition})", some);
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
        bool isWhole = !options.Avx512 || pitch % Targets.Widest.Lanes == 0;
        if (!isWhole)
        {
            string arguments = StepSignature.Arguments(body);
            using (writer.Block($"internal static void {name}({parameters})"))
            {
                int whole = pitch / Targets.Widest.Lanes * Targets.Widest.Lanes;
                writer.Line(whole == 0
                    ? $"if (Lanes < {WidestLanes})"
                    : $"{name}Lanes({arguments}, 0, Lanes < {WidestLanes} ? {Expressions.Number(pitch)} : {Expressions.Number(whole)});");
                if (whole == 0)
                    writer.Line($"    {name}Lanes({arguments}, 0, {Expressions.Number(pitch)});");
                writer.Indented(whole == 0 ? "else" : $"if (Lanes == {WidestLanes})",
                    $"Layers<{HalfTypes}>.{name}Lanes({arguments}, {Expressions.Number(whole)}, {Expressions.Number(pitch)});");
            }

            writer.Line();
        }

        if (isOptimized)
            writer.Line(TileEmitter.OptimizedAttribute);
        using (writer.Block(isWhole
            ? $"internal static void {name}({parameters})"
            : $"private static void {name}Lanes({parameters}, int fromLane, int toLane)"))
        using (writer.Block("unchecked"))
            loops(isWhole ? "0" : "fromLane", isWhole ? Expressions.Number(pitch) : "toLane");
    }
}
