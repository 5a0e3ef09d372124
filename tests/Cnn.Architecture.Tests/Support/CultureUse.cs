using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Architecture.Tests.Support;

/// <summary>
/// Where a source writes or reads numbers as the machine's culture does: real numbers, times, and whole numbers with a format that groups digits.
/// </summary>
/// <remarks>
/// Analyzers of the SDK look at calls of ToString and Parse, and not into interpolated strings. Whole numbers without a format differ between
/// cultures in the sign alone, and messages count.
/// </remarks>
internal sealed class CultureUse(Compilation compilation)
{
    private static readonly HashSet<string> ByName = ["Half", "TimeSpan", "DateTimeOffset", "DateOnly", "TimeOnly", "BigInteger"];

    public IEnumerable<string> In(SyntaxTree tree)
    {
        SemanticModel model = compilation.GetSemanticModel(tree);
        foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
        {
            bool follows = node switch
            {
                InterpolationSyntax hole => Follows(model, hole),
                BinaryExpressionSyntax sum when sum.IsKind(SyntaxKind.AddExpression) =>
                    IsText(model, sum) && (IsSensitive(model, sum.Left) || IsSensitive(model, sum.Right)),
                InvocationExpressionSyntax call => Follows(model, call),

                // It writes the value into its message itself.
                BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 3 } arguments } created
                    when model.GetTypeInfo(created).Type?.Name == nameof(ArgumentOutOfRangeException)
                    => IsSensitive(model, arguments[1].Expression),
                _ => false,
            };
            if (follows)
                yield return $"{tree.FilePath}({tree.GetLineSpan(node.Span).StartLinePosition.Line + 1}): '{node}' follows the machine's culture; "
                    + "use string.Create(CultureInfo.InvariantCulture, ...), FormattableString.Invariant or a provider";
        }
    }

    /// <summary>An interpolated string that becomes a string at once, or is handed to something that was given no provider.</summary>
    private static bool Follows(SemanticModel model, InterpolationSyntax hole)
    {
        var text = (InterpolatedStringExpressionSyntax)hole.Parent!;
        ExpressionSyntax outermost = text;
        while (outermost.Parent is BinaryExpressionSyntax or ParenthesizedExpressionSyntax or ConditionalExpressionSyntax)
            outermost = (ExpressionSyntax)outermost.Parent;
        bool isGiven = model.GetTypeInfo(outermost).ConvertedType?.Name is "FormattableString" or "IFormattable"
            || (outermost.Parent is ArgumentSyntax { Parent: ArgumentListSyntax arguments } && HasProvider(model, arguments));
        return !isGiven && IsSensitive(model, hole.Expression, hole.FormatClause?.FormatStringToken.ValueText);
    }

    private static bool Follows(SemanticModel model, InvocationExpressionSyntax call)
    {
        if (HasProvider(model, call.ArgumentList) || model.GetSymbolInfo(call).Symbol is not IMethodSymbol method)
            return false;
        string? format = call.ArgumentList.Arguments is [{ Expression: LiteralExpressionSyntax literal }, ..] ? literal.Token.ValueText : null;
        return method.Name switch
        {
            "ToString" or "TryFormat" => IsSensitive(method.IsOverride || !method.IsStatic ? Receiver(model, call) : null, format),
            "Parse" or "TryParse" => IsSensitive(method.ContainingType, format: null),
            "Format" when method.ContainingType.SpecialType == SpecialType.System_String =>
                call.ArgumentList.Arguments.Skip(1).Any(argument => IsSensitive(model, argument.Expression)),
            "Append" or "Concat" or "Join" or "Write" or "WriteLine" when IsOfTheFramework(method) =>
                call.ArgumentList.Arguments.Any(argument => IsSensitive(model, argument.Expression)),
            _ => false,
        };
    }

    private static bool IsOfTheFramework(IMethodSymbol method) => method.ContainingNamespace.ToDisplayString().StartsWith("System", StringComparison.Ordinal);

    private static ITypeSymbol? Receiver(SemanticModel model, InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax access ? model.GetTypeInfo(access.Expression).Type : null;

    private static bool HasProvider(SemanticModel model, ArgumentListSyntax arguments) =>
        arguments.Arguments.Any(argument => model.GetTypeInfo(argument.Expression).Type?.Name is "CultureInfo" or "IFormatProvider" or "NumberFormatInfo");

    private static bool IsText(SemanticModel model, ExpressionSyntax expression) =>
        model.GetTypeInfo(expression).Type?.SpecialType == SpecialType.System_String;

    private static bool IsSensitive(SemanticModel model, ExpressionSyntax expression, string? format = null) =>
        !model.GetConstantValue(expression).HasValue && IsSensitive(model.GetTypeInfo(expression).Type, format);

    private static bool IsSensitive(ITypeSymbol? type, string? format)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            type = nullable.TypeArguments[0];
        return type?.SpecialType switch
        {
            null => false,
            SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal or SpecialType.System_DateTime =>
                format is not ("x" or "X" or "O" or "o"),
            >= SpecialType.System_SByte and <= SpecialType.System_UInt64 or SpecialType.System_IntPtr or SpecialType.System_UIntPtr =>
                format is not null && !(format[0] is 'd' or 'D' or 'x' or 'X' or 'b' or 'B'),
            _ => ByName.Contains(type.Name) && format is not ("c" or "x" or "X"),
        };
    }
}
