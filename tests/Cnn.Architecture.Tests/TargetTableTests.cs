using System.Text.RegularExpressions;
using Cnn.Architecture.Tests.Support;
using Cnn.CompilerServices;
using Cnn.Generator.Planning;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Architecture.Tests;

/// <summary>Widths, registers and caches of instruction sets stand in one table, and nowhere else in the generator.</summary>
public sealed partial class TargetTableTests
{
    private const string Generator = "src/Cnn.Generator";
    private const string Table = "src/Cnn.Generator/Planning/Targets/";

    [Fact]
    public void No_other_file_says_a_width_a_number_of_registers_or_the_size_of_a_cache() => Nothing.In(
        from file in new[] { "Planning", "Emission" }.SelectMany(static room => Repository.Files($"{Generator}/{room}", "*.cs"))
        where !file.StartsWith(Table, StringComparison.Ordinal)
        from line in Constants(Repository.Read(file))
        select $"{file}({line}) says it again; ask Targets");

    [Theory]
    [InlineData("lanes / 16 * 16")]
    [InlineData("width % 32 != 0")]
    [InlineData("160 * 1024")]
    [InlineData("\"if (Lanes == 16)\"")]
    [InlineData("$\"if (Registers == 32) {1}\"")]
    public void Such_a_constant_would_be_found(string expression) =>
        Assert.NotEmpty(Constants($"class A {{ object a = {expression}; }}"));

    [Fact]
    public void The_runtime_has_these_widths_and_registers()
    {
        Assert.Equal((Targets.Avx512.Lanes, Targets.Avx512.Registers), Of<Simd512, System.Runtime.Intrinsics.Vector512<float>>());
        Assert.Equal((Targets.Avx2.Lanes, Targets.Avx2.Registers), Of<Simd256, System.Runtime.Intrinsics.Vector256<float>>());
        Assert.Equal((Targets.Scalar.Lanes, Targets.Scalar.Registers), Of<SimdScalar, float>());
        (int lanes, int registers) = Of<Simd128, System.Runtime.Intrinsics.Vector128<float>>();
        Assert.Equal(Targets.Neon.Lanes, lanes);
        Assert.Equal(Targets.Wasm.Lanes, lanes);
        Assert.Contains(registers, new[] { Targets.Neon.Registers, Targets.Wasm.Registers });
    }

    [Fact]
    public void There_is_a_row_for_every_instruction_set_of_the_runtime() => Assert.Equal(
        Enum.GetNames<InstructionSet>().Select(static name => name.ToUpperInvariant()).Order(StringComparer.Ordinal),
        Targets.All.Select(static target => target.Name.ToUpperInvariant()).Order(StringComparer.Ordinal));

    [Fact]
    public void The_documentation_has_the_table() => Assert.Equal(
        Targets.All.Select(static target =>
            $"| `{target.Name}` | {target.Lanes} | {target.Registers} | {(target.HasFusedMultiplyAdd ? "yes" : "no")} | {target.FirstLevelBytes / 1024} | "
                + $"{target.SecondLevelBytes / 1024} | {target.ThirdLevelBytes / 1024 / 1024} |"),
        Repository.Read("docs/planning.md").Split('\n').Where(static line => Row().IsMatch(line)));

    private static (int Lanes, int Registers) Of<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => (TSimd.Lanes, TSimd.Registers);

    /// <summary>Widths by which something is divided, products with 1024, and tests in the text that is written; the lines of them.</summary>
    private static IEnumerable<int> Constants(string text)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(text).GetRoot();
        IEnumerable<SyntaxNodeOrToken> divisors =
            from binary in root.DescendantNodes().OfType<BinaryExpressionSyntax>()
            where binary.Kind() is SyntaxKind.DivideExpression or SyntaxKind.ModuloExpression && binary.Right.ToString() is "16" or "32"
            select (SyntaxNodeOrToken)binary;
        IEnumerable<SyntaxNodeOrToken> sizes =
            from binary in root.DescendantNodes().OfType<BinaryExpressionSyntax>()
            where binary.IsKind(SyntaxKind.MultiplyExpression) && (binary.Left.ToString() is "1024" || binary.Right.ToString() is "1024")
            select (SyntaxNodeOrToken)binary;
        IEnumerable<SyntaxNodeOrToken> tests =
            from token in root.DescendantTokens()
            where token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken && Test().IsMatch(token.Text)
            select (SyntaxNodeOrToken)token;
        return divisors.Concat(sizes).Concat(tests).Select(static found => found.GetLocation()!.GetLineSpan().StartLinePosition.Line + 1);
    }

    [GeneratedRegex(@"\b(Lanes|Registers) (==|!=|<|>|<=|>=) \d")]
    private static partial Regex Test();

    [GeneratedRegex(@"^\| `(avx512|avx2|neon|wasm|scalar)` \|")]
    private static partial Regex Row();
}
