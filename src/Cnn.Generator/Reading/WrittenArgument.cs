using Cnn.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Reading;

/// <summary>An attribute's argument as it stands in the source.</summary>
/// <param name="Name">The constructor's parameter or the property that it sets.</param>
/// <param name="Element">Its place among the values of a <c>params</c> parameter that are written one by one, else -1.</param>
/// <param name="Expression">Its text.</param>
internal sealed record WrittenArgument(string Name, int Element, ExpressionSyntax Expression)
{
    public static IEnumerable<WrittenArgument> Of(AttributeData attribute, CancellationToken cancellation)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax { ArgumentList.Arguments: var arguments }
            || attribute.AttributeConstructor is not { } constructor)
            yield break;
        int position = 0;
        foreach (AttributeArgumentSyntax argument in arguments)
        {
            if (argument.NameEquals is { Name.Identifier.ValueText: var property })
            {
                yield return new WrittenArgument(property, -1, argument.Expression);
                continue;
            }

            string? colon = argument.NameColon?.Name.Identifier.ValueText;
            IParameterSymbol? parameter = colon is not null
                ? constructor.Parameters.FirstOrDefault(parameter => parameter.Name == colon)
                : constructor.Parameters.ElementAtOrDefault(Math.Min(position, constructor.Parameters.Length - 1));
            if (parameter is not null)
                yield return new WrittenArgument(parameter.Name, parameter.IsParams && !IsArray(argument.Expression)
                    ? Math.Max(position - parameter.Ordinal, 0)
                    : -1, argument.Expression);
            position++;
        }
    }

    /// <summary>Puts what the argument really is where its declared value stood.</summary>
    public Expression Into(Expression declared, Expression value)
    {
        if (Element < 0)
            return value;
        Expression[] items = declared switch
        {
            ArrayExpression array => [.. array.Items],
            LiteralExpression { Value: ArrayValue array } => [.. array.Items.Select(static item => new LiteralExpression(item))],
            _ => [],
        };
        if (Element < items.Length)
            items[Element] = value;
        return new ArrayExpression([.. items]);
    }

    private static bool IsArray(ExpressionSyntax expression) =>
        expression is CollectionExpressionSyntax or ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax;
}
