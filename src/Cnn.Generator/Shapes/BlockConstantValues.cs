using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>What a block's constants are in one repetition of one use.</summary>
internal sealed class BlockConstantValues
{
    private readonly BlockSpec _block;
    private readonly ArgumentValue?[] _values;
    private readonly bool[] _known;
    private readonly ExpressionEvaluator _evaluator;

    public BlockConstantValues(BlockSpec block, BlockUseSpec use, int repetition, int inputChannels)
    {
        _block = block;
        _values = new ArgumentValue?[block.Constants.Length];
        _known = new bool[block.Constants.Length];
        _evaluator = new ExpressionEvaluator(Value);
        foreach ((int constant, int value) in block.Places.Zip(use.Arguments, static (constant, value) => (constant, value)))
        {
            if (repetition == 0 || block.Constants[constant].Role != ConstantRole.FirstOnly)
                Set(constant, value);
        }

        for (int i = 0; i < _values.Length; i++)
        {
            if (block.Constants[i].Role == ConstantRole.InputChannels)
                Set(i, inputChannels);
            else if (block.Constants[i].Role == ConstantRole.Repetition)
                Set(i, repetition);
        }
    }

    /// <summary>Why the last expression had no value.</summary>
    public string Problem => _evaluator.Problem;

    /// <summary>Null where the expression has no value.</summary>
    public ArgumentValue? Evaluate(Expression expression) => _evaluator.Evaluate(expression);

    /// <summary>What the use gives, or else the declaration with whatever else the use gives.</summary>
    private ArgumentValue? Value(int index)
    {
        if (!_known[index])
        {
            // The compiler has refused constants that depend on themselves.
            _values[index] = _evaluator.Evaluate(_block.Constants[index].Initial);
            _known[index] = true;
        }

        return _values[index];
    }

    private void Set(int index, int value)
    {
        _values[index] = new IntegerValue(value);
        _known[index] = true;
    }
}
