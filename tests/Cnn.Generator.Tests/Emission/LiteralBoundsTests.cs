using Cnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Tests.Emission;

/// <summary>
/// In layer methods and kernels every loop bound, stride and offset is a literal, or made of literals, loop variables and the share of work that a
/// method is given.
/// </summary>
public sealed class LiteralBoundsTests
{
    [Theory]
    [InlineData(Networks.LeNet)]
    [InlineData(PlannedNetworks.RegularizedLeNet)]
    [InlineData(PlannedNetworks.Vgg)]
    public void No_bound_stride_or_offset_is_read_from_memory(string source)
    {
        SyntaxTree[] trees = [.. Generating.Files(source)
            .Where(file => file.Key.EndsWith("Layers.g.cs", StringComparison.Ordinal) || file.Key.EndsWith("Kernels.g.cs", StringComparison.Ordinal))
            .Select(file => Generating.Parse(file.Value, file.Key))];
        Assert.Equal(2, trees.Length);
        int checkedExpressions = 0;
        foreach (MethodDeclarationSyntax method in trees.SelectMany(
            tree => tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<MethodDeclarationSyntax>()))
        {
            HashSet<string> known = Known(method);
            foreach (ExpressionSyntax expression in Numbers(method))
            {
                string? offender = Offender(expression, known);
                Assert.True(offender is null, $"{method.Identifier.Text} takes '{offender}' in '{expression}' from memory.");
                checkedExpressions++;
            }
        }

        Assert.InRange(checkedExpressions, 100, int.MaxValue);
    }

    [Theory]
    [InlineData("void M(int[] sizes) { for (int i = 0; i < sizes[0]; i++) { } }")]
    [InlineData("int _size; void M() { for (int i = 0; i < _size; i++) { } }")]
    [InlineData("int Size => 3; void M() { for (int i = 0; i < 9; i += Size) { } }")]
    [InlineData("void M(ref float x, Layout layout) => _il::Unsafe.Add(ref x, 3 * layout.Pitch) = 0;")]
    [InlineData("void M(ref float x) { int size = Read(); for (int i = 0; i < size; i++) { } }")]
    [InlineData("void M(ref float x, ref int size) => _il::Unsafe.Add(ref x, size) = 0;")]
    [InlineData("void M(ref float x, Layout layout) => At(ref x, 3, layout.Size) = 0;")]
    [InlineData("void M(ref float x, Layout layout) => Store(ref x, layout.Size, acc0);")]
    [InlineData("void M(ref float x, Layout layout) => MultiplyAdd(ref x, layout.Size, v0, ref acc0);")]
    [InlineData("void M(ref float x, Layout layout) => Resume(first, ref x, layout.Size);")]
    public void A_bound_from_memory_would_be_found(string member)
    {
        MethodDeclarationSyntax method = CSharpSyntaxTree.ParseText($"class C {{ {member} }}", cancellationToken: TestContext.Current.CancellationToken)
            .GetRoot(TestContext.Current.CancellationToken).DescendantNodes().OfType<MethodDeclarationSyntax>().Single();
        HashSet<string> known = Known(method);
        Assert.Contains(Numbers(method), expression => Offender(expression, known) is not null);
    }

    /// <summary>Parameters by value, loop variables, and locals that are computed from what is known.</summary>
    private static HashSet<string> Known(MethodDeclarationSyntax method)
    {
        HashSet<string> known = [.. method.ParameterList.Parameters.Where(IsNumber).Select(parameter => parameter.Identifier.Text)];
        foreach (VariableDeclarationSyntax declaration in method.DescendantNodes().OfType<VariableDeclarationSyntax>())
        {
            foreach (VariableDeclaratorSyntax variable in declaration.Variables)
            {
                ExpressionSyntax? value = variable.Initializer?.Value;
                if (declaration.Parent is ForStatementSyntax || (value is not null && Offender(value, known) is null))
                    known.Add(variable.Identifier.Text);
            }
        }

        // A share of what is known is known.
        foreach (InvocationExpressionSyntax call in method.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Where(call => call.Expression.ToString() == "_run::Share.Split"))
        {
            if (call.ArgumentList.Arguments.Where(argument => argument.RefKindKeyword.RawKind == 0)
                .All(argument => Offender(argument.Expression, known) is null))
                known.UnionWith(call.DescendantNodes().OfType<SingleVariableDesignationSyntax>().Select(designation => designation.Identifier.Text));
        }

        return known;
    }

    private static bool IsNumber(ParameterSyntax parameter) =>
        parameter.Modifiers.Count == 0
        && parameter.Type is PredefinedTypeSyntax
        {
            Keyword.RawKind: (int)SyntaxKind.IntKeyword or (int)SyntaxKind.ULongKeyword or (int)SyntaxKind.BoolKeyword,
        };

    /// <summary>Everything that a for statement compares with, starts from and steps by; and the offsets of everything that reads or writes memory.</summary>
    private static IEnumerable<ExpressionSyntax> Numbers(MethodDeclarationSyntax method)
    {
        foreach (ForStatementSyntax loop in method.DescendantNodes().OfType<ForStatementSyntax>())
        {
            foreach (VariableDeclaratorSyntax variable in loop.Declaration?.Variables ?? [])
                yield return variable.Initializer!.Value;
            yield return loop.Condition!;
            foreach (ExpressionSyntax step in loop.Incrementors)
                yield return step;
        }

        foreach (InvocationExpressionSyntax call in method.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            SeparatedSyntaxList<ArgumentSyntax> arguments = call.ArgumentList.Arguments;
            if (call.Expression.ToString() is "_il::Unsafe.Add" or "Load" or "Store" or "MultiplyAdd" or "StoreValid" or "StoreValidAndZeros"
                && arguments[0].RefKindKeyword.RawKind != 0)
                yield return arguments[1].Expression;
            else if (call.Expression.ToString() == "At")
                yield return arguments[^1].Expression;
            else if (call.Expression.ToString() == "Resume")
                yield return arguments[2].Expression;
        }
    }

    /// <summary>The first part of an expression that is neither a literal nor known; the lanes of a vector are a constant of its type.</summary>
    private static string? Offender(ExpressionSyntax expression, HashSet<string> known) => expression switch
    {
        LiteralExpressionSyntax => null,
        IdentifierNameSyntax { Identifier.Text: "Lanes" } => null,
        IdentifierNameSyntax name => known.Contains(name.Identifier.Text) ? null : name.ToString(),
        ParenthesizedExpressionSyntax inner => Offender(inner.Expression, known),
        PrefixUnaryExpressionSyntax unary => Offender(unary.Operand, known),
        PostfixUnaryExpressionSyntax unary => Offender(unary.Operand, known),
        BinaryExpressionSyntax binary => Offender(binary.Left, known) ?? Offender(binary.Right, known),
        ConditionalExpressionSyntax choice => Offender(choice.Condition, known) ?? Offender(choice.WhenTrue, known) ?? Offender(choice.WhenFalse, known),
        AssignmentExpressionSyntax assignment => Offender(assignment.Left, known) ?? Offender(assignment.Right, known),
        CastExpressionSyntax cast => Offender(cast.Expression, known),
        InvocationExpressionSyntax call when call.Expression.ToString() is "int.Min" or "int.Max" =>
            call.ArgumentList.Arguments.Select(argument => Offender(argument.Expression, known)).FirstOrDefault(offender => offender is not null),
        _ => expression.ToString(),
    };
}
