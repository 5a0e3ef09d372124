using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

/// <summary>An argument of a block's layer, over the block's constants. Closed: every kind is declared in this file.</summary>
public abstract record Expression
{
    private protected Expression()
    {
    }
}

/// <summary>The same at every use.</summary>
public sealed record LiteralExpression(ArgumentValue Value) : Expression;

/// <summary>One of the block's constants.</summary>
/// <param name="Index">Index into <see cref="BlockSpec.Constants"/>.</param>
public sealed record ConstantExpression(int Index) : Expression;

public sealed record UnaryExpression(UnaryOperator Operator, Expression Operand) : Expression;

public sealed record BinaryExpression(BinaryOperator Operator, Expression Left, Expression Right) : Expression;

public sealed record ConditionalExpression(Expression Condition, Expression WhenTrue, Expression WhenFalse) : Expression;

public sealed record ArrayExpression(EquatableArray<Expression> Items) : Expression;

/// <summary>C#'s operators, and the two conversions between numbers.</summary>
public enum UnaryOperator
{
    Plus,
    Minus,
    Not,
    Complement,
    ToInteger,
    ToReal,
}

/// <summary>C#'s operators.</summary>
public enum BinaryOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    And,
    Or,
    ShiftLeft,
    ShiftRight,
}
