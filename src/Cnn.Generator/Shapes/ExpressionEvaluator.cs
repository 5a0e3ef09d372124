using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>Evaluates an expression as C# evaluates constants, with checked arithmetic.</summary>
/// <param name="constant">The value of one of the block's constants, by index; null where it has none.</param>
internal sealed class ExpressionEvaluator(Func<int, ArgumentValue?> constant)
{
    private const string Overflow = "leaves the range of int";

    /// <summary>What was found where the last expression has no value, as <c>divides by 0</c>.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>Null where the expression has no value.</summary>
    public ArgumentValue? Evaluate(Expression expression) => expression switch
    {
        LiteralExpression literal => literal.Value,
        ConstantExpression reference => constant(reference.Index),
        UnaryExpression unary => Evaluate(unary.Operand) is { } operand ? Apply(unary.Operator, operand) : null,
        BinaryExpression { Operator: BinaryOperator.And or BinaryOperator.Or } binary => Evaluate(binary.Left) switch
        {
            FlagValue left => left.Value == (binary.Operator == BinaryOperator.Or) ? left : Evaluate(binary.Right),
            _ => null,
        },
        BinaryExpression binary => Evaluate(binary.Left) is { } left && Evaluate(binary.Right) is { } right ? Apply(binary.Operator, left, right) : null,
        ConditionalExpression choice => Evaluate(choice.Condition) is FlagValue condition
            ? Evaluate(condition.Value ? choice.WhenTrue : choice.WhenFalse)
            : null,
        ArrayExpression array => EvaluateAll(array.Items),
        _ => null,
    };

    private ArrayValue? EvaluateAll(EquatableArray<Expression> items)
    {
        List<ArgumentValue> values = [];
        foreach (Expression item in items)
        {
            if (Evaluate(item) is not { } value)
                return null;
            values.Add(value);
        }

        return new ArrayValue(values.ToEquatableArray());
    }

    private ArgumentValue? Apply(UnaryOperator operation, ArgumentValue operand) => (operation, operand) switch
    {
        (UnaryOperator.Plus, _) => operand,
        (UnaryOperator.Minus, IntegerValue integer) => Integer(-(long)integer.Value),
        (UnaryOperator.Minus, RealValue real) => new RealValue(-real.Value),
        (UnaryOperator.Not, FlagValue flag) => new FlagValue(!flag.Value),
        (UnaryOperator.Complement, IntegerValue integer) => new IntegerValue(~integer.Value),
        (UnaryOperator.ToInteger, IntegerValue) or (UnaryOperator.ToReal, RealValue) => operand,
        (UnaryOperator.ToInteger, RealValue real) =>
            real.Value is > int.MinValue - 1.0 and < int.MaxValue + 1.0 ? new IntegerValue((int)real.Value) : None(Overflow),
        (UnaryOperator.ToReal, IntegerValue integer) => new RealValue(integer.Value),
        _ => None("mixes types"),
    };

    private ArgumentValue? Apply(BinaryOperator operation, ArgumentValue left, ArgumentValue right) => (left, right) switch
    {
        (IntegerValue a, IntegerValue b) => Integers(operation, a.Value, b.Value),
        (IntegerValue or RealValue, IntegerValue or RealValue) => Reals(operation, Real(left), Real(right)),
        _ when operation == BinaryOperator.Equal => new FlagValue(left == right),
        _ when operation == BinaryOperator.NotEqual => new FlagValue(left != right),
        (TextValue a, TextValue b) when operation == BinaryOperator.Add => new TextValue(a.Value + b.Value),
        _ => None("mixes types"),
    };

    private ArgumentValue? Integers(BinaryOperator operation, long left, long right) => operation switch
    {
        BinaryOperator.Add => Integer(left + right),
        BinaryOperator.Subtract => Integer(left - right),
        BinaryOperator.Multiply => Integer(left * right),
        BinaryOperator.Divide or BinaryOperator.Remainder when right == 0 => None("divides by 0"),
        BinaryOperator.Divide => Integer(left / right),
        BinaryOperator.Remainder => Integer(left % right),
        // C# shifts an int by the lowest five bits, and does not check what is lost.
        BinaryOperator.ShiftLeft => new IntegerValue((int)left << (int)right),
        BinaryOperator.ShiftRight => new IntegerValue((int)left >> (int)right),
        _ => Compare(operation, left.CompareTo(right)),
    };

    private ArgumentValue? Reals(BinaryOperator operation, double left, double right) => operation switch
    {
        BinaryOperator.Add => new RealValue(left + right),
        BinaryOperator.Subtract => new RealValue(left - right),
        BinaryOperator.Multiply => new RealValue(left * right),
        BinaryOperator.Divide => new RealValue(left / right),
        BinaryOperator.Remainder => new RealValue(left % right),
        _ when double.IsNaN(left) || double.IsNaN(right) => new FlagValue(operation == BinaryOperator.NotEqual),
        _ => Compare(operation, left.CompareTo(right)),
    };

    private ArgumentValue? Compare(BinaryOperator operation, int order) => operation switch
    {
        BinaryOperator.Equal => new FlagValue(order == 0),
        BinaryOperator.NotEqual => new FlagValue(order != 0),
        BinaryOperator.Less => new FlagValue(order < 0),
        BinaryOperator.LessOrEqual => new FlagValue(order <= 0),
        BinaryOperator.Greater => new FlagValue(order > 0),
        BinaryOperator.GreaterOrEqual => new FlagValue(order >= 0),
        _ => None("mixes types"),
    };

    private ArgumentValue? Integer(long value) => value is >= int.MinValue and <= int.MaxValue ? new IntegerValue((int)value) : None(Overflow);

    private ArgumentValue? None(string problem)
    {
        Problem = problem;
        return null;
    }

    private static double Real(ArgumentValue value) => value is RealValue real ? real.Value : ((IntegerValue)value).Value;
}
