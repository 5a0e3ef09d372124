using Cnn.Generator.Model;
using Cnn.Generator.Text;

namespace Cnn.Generator.Emission;

/// <summary>An instruction set that a program has kernels for: how generated code asks for it, and its vectors.</summary>
/// <param name="Test">The property of <c>KernelSet</c>; null for the last, which runs everywhere.</param>
/// <param name="Types">The type arguments of a kernel.</param>
/// <param name="Lanes">Floats of a vector.</param>
internal sealed record VectorSet(string? Test, string Types, int Lanes)
{
    private static VectorSet Avx512 { get; } = new("UseAvx512", "_run::Simd512, _simd::Vector512<float>", 16);

    private static VectorSet Avx2 { get; } = new("UseAvx2", "_run::Simd256, _simd::Vector256<float>", 8);

    private static VectorSet Vector128 { get; } = new("UseVector128", "_run::Simd128, _simd::Vector128<float>", 4);

    private static VectorSet Scalar { get; } = new(null, "_run::SimdScalar, float", 1);

    public bool Is512 => Lanes == 16;

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

    /// <summary>Writes the choice among them.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="sets">The sets, the widest first.</param>
    /// <param name="statements">What each of them does.</param>
    public static void EmitLadder(SourceWriter writer, IEnumerable<VectorSet> sets, Func<VectorSet, IReadOnlyList<string>> statements)
    {
        string otherwise = string.Empty;
        foreach (VectorSet set in sets)
        {
            string heading = set.Test is null ? otherwise.TrimEnd() : $"{otherwise}if (_run::KernelSet.{set.Test})";
            EmitBranch(writer, heading, statements(set));
            otherwise = "else ";
        }
    }

    private static void EmitBranch(SourceWriter writer, string heading, IReadOnlyList<string> statements)
    {
        if (heading.Length == 0)
        {
            foreach (string statement in statements)
                writer.Line(statement);
            return;
        }

        if (statements.Count == 1)
        {
            writer.Indented(heading, statements[0]);
            return;
        }

        using (writer.Block(heading))
        {
            foreach (string statement in statements)
                writer.Line(statement);
        }
    }

    /// <summary>Writes the choice for a kernel that takes a range of the channels: a vector of 512 bits may leave eight of them to one of 256.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="options">Which sets the program has.</param>
    /// <param name="method">The kernel.</param>
    /// <param name="arguments">What it gets before the range.</param>
    /// <param name="pitch">The channels, a multiple of 8.</param>
    public static void EmitChannelLadder(SourceWriter writer, EmitOptions options, string method, string arguments, int pitch)
    {
        string Call(VectorSet set, int from, int to) => $"{method}<{set.Types}>({arguments}, {Expressions.Number(from)}, {Expressions.Number(to)});";
        EmitLadder(writer, Of(options), set =>
        {
            int whole = pitch / set.Lanes * set.Lanes;
            return whole == pitch ? [Call(set, 0, pitch)] : whole == 0 ? [Call(Avx2, 0, pitch)] : [Call(set, 0, whole), Call(Avx2, whole, pitch)];
        });
    }
}
