using Cnn.Generator.Collections;
using Cnn.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Reading;

/// <summary>C# expressions over a block's constants as records that can be evaluated for each use.</summary>
/// <remarks>Whatever does not depend on the block's constants is taken as the compiler has evaluated it.</remarks>
internal sealed class ExpressionReader
{
    private readonly INamedTypeSymbol _block;
    private readonly Compilation _compilation;
    private readonly CancellationToken _cancellation;
    private readonly HashSet<string> _names;
    private readonly Dictionary<SyntaxTree, SemanticModel> _models = [];
    private readonly Dictionary<IFieldSymbol, int> _places = new(SymbolEqualityComparer.Default);

    public ExpressionReader(INamedTypeSymbol block, CancellationToken cancellation)
    {
        _block = block;
        _compilation = ((ISourceAssemblySymbol)block.ContainingAssembly).Compilation;
        _cancellation = cancellation;
        _names = new HashSet<string>(
            block.GetMembers().OfType<IFieldSymbol>().Where(static field => field.IsConst).Select(static field => field.Name), StringComparer.Ordinal);
        foreach (IFieldSymbol constant in BlockConstants.Of(block))
            _places.Add(constant, _places.Count);
    }

    public bool DependsOnBlock(ExpressionSyntax expression) => expression.DescendantNodesAndSelf(static node => !IsNameOf(node))
        .OfType<IdentifierNameSyntax>()
        .Any(identifier => Constant(identifier) is not null);

    /// <summary>Null where the expression needs what cannot be evaluated here.</summary>
    public Expression? Read(ExpressionSyntax expression)
    {
        if (Items(expression) is { } items)
            return ReadAll(items);
        if (!DependsOnBlock(expression))
            return Literal(expression);
        return expression switch
        {
            ParenthesizedExpressionSyntax inner => Read(inner.Expression),
            CheckedExpressionSyntax inner => Read(inner.Expression),
            IdentifierNameSyntax or MemberAccessExpressionSyntax => ReadConstant(expression),
            PrefixUnaryExpressionSyntax unary when Operator(unary) is { } operation && Read(unary.Operand) is { } operand =>
                new UnaryExpression(operation, operand),
            CastExpressionSyntax cast when Conversion(cast.Type) is { } operation && Read(cast.Expression) is { } operand =>
                new UnaryExpression(operation, operand),
            BinaryExpressionSyntax binary when Operator(binary) is { } operation && Read(binary.Left) is { } left && Read(binary.Right) is { } right =>
                new BinaryExpression(operation, left, right),
            ConditionalExpressionSyntax choice when Read(choice.Condition) is { } condition && Read(choice.WhenTrue) is { } yes
                && Read(choice.WhenFalse) is { } no =>
                new ConditionalExpression(condition, yes, no),
            _ => null,
        };
    }

    private static bool IsNameOf(SyntaxNode node) => node is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } };

    private static IEnumerable<ExpressionSyntax>? Items(ExpressionSyntax expression) => expression switch
    {
        CollectionExpressionSyntax collection => collection.Elements.OfType<ExpressionElementSyntax>().Select(static element => element.Expression),
        ArrayCreationExpressionSyntax { Initializer: { } items } => items.Expressions,
        ImplicitArrayCreationExpressionSyntax { Initializer: var items } => items.Expressions,
        _ => null,
    };

    private static UnaryOperator? Operator(PrefixUnaryExpressionSyntax unary) => unary.Kind() switch
    {
        SyntaxKind.UnaryPlusExpression => UnaryOperator.Plus,
        SyntaxKind.UnaryMinusExpression => UnaryOperator.Minus,
        SyntaxKind.LogicalNotExpression => UnaryOperator.Not,
        SyntaxKind.BitwiseNotExpression => UnaryOperator.Complement,
        _ => null,
    };

    private static BinaryOperator? Operator(BinaryExpressionSyntax binary) => binary.Kind() switch
    {
        SyntaxKind.AddExpression => BinaryOperator.Add,
        SyntaxKind.SubtractExpression => BinaryOperator.Subtract,
        SyntaxKind.MultiplyExpression => BinaryOperator.Multiply,
        SyntaxKind.DivideExpression => BinaryOperator.Divide,
        SyntaxKind.ModuloExpression => BinaryOperator.Remainder,
        SyntaxKind.EqualsExpression => BinaryOperator.Equal,
        SyntaxKind.NotEqualsExpression => BinaryOperator.NotEqual,
        SyntaxKind.LessThanExpression => BinaryOperator.Less,
        SyntaxKind.LessThanOrEqualExpression => BinaryOperator.LessOrEqual,
        SyntaxKind.GreaterThanExpression => BinaryOperator.Greater,
        SyntaxKind.GreaterThanOrEqualExpression => BinaryOperator.GreaterOrEqual,
        SyntaxKind.LogicalAndExpression => BinaryOperator.And,
        SyntaxKind.LogicalOrExpression => BinaryOperator.Or,
        SyntaxKind.LeftShiftExpression => BinaryOperator.ShiftLeft,
        SyntaxKind.RightShiftExpression => BinaryOperator.ShiftRight,
        _ => null,
    };

    private UnaryOperator? Conversion(TypeSyntax type) => Model(type).GetTypeInfo(type, _cancellation).Type switch
    {
        { SpecialType: SpecialType.System_Int32 } or INamedTypeSymbol { TypeKind: TypeKind.Enum, EnumUnderlyingType.SpecialType: SpecialType.System_Int32 } =>
            UnaryOperator.ToInteger,
        { SpecialType: SpecialType.System_Double } => UnaryOperator.ToReal,
        _ => null,
    };

    private ArrayExpression? ReadAll(IEnumerable<ExpressionSyntax> items)
    {
        List<Expression> expressions = [];
        foreach (ExpressionSyntax item in items)
        {
            if (Read(item) is not { } expression)
                return null;
            expressions.Add(expression);
        }

        return new ArrayExpression(expressions.ToEquatableArray());
    }

    /// <summary>A <c>const int</c> is an argument; a constant of another type is what its declaration says, which may depend on arguments.</summary>
    private Expression? ReadConstant(ExpressionSyntax expression)
    {
        IdentifierNameSyntax? identifier = expression as IdentifierNameSyntax ?? (expression as MemberAccessExpressionSyntax)?.Name as IdentifierNameSyntax;
        if (identifier is null || Constant(identifier) is not { } constant)
            return null;
        if (_places.TryGetValue(constant, out int place))
            return new ConstantExpression(place);
        return constant.HasConstantValue && BlockConstants.Initializer(constant, _cancellation) is { } initializer ? Read(initializer) : null;
    }

    private IFieldSymbol? Constant(IdentifierNameSyntax identifier) =>
        _names.Contains(identifier.Identifier.ValueText)
        && Model(identifier).GetSymbolInfo(identifier, _cancellation).Symbol is IFieldSymbol { IsConst: true, OriginalDefinition: var field }
        && SymbolEqualityComparer.Default.Equals(field.ContainingType, _block)
            ? field
            : null;

    private LiteralExpression? Literal(ExpressionSyntax expression)
    {
        Optional<object?> value = Model(expression).GetConstantValue(expression, _cancellation);
        return !value.HasValue ? null : ArgumentReader.Read(value.Value) is { } literal and not UnreadableValue ? new LiteralExpression(literal) : null;
    }

    private SemanticModel Model(SyntaxNode node)
    {
        if (!_models.TryGetValue(node.SyntaxTree, out SemanticModel? model))
            _models.Add(node.SyntaxTree, model = _compilation.GetSemanticModel(node.SyntaxTree));
        return model;
    }
}
