namespace Cnn.Data;

/// <summary>Some examples as a trainer takes them: port after port, each with all examples. Filled by a source, and read by whoever trains.</summary>
public sealed class ExampleBatch
{
    private readonly int[] _inputLengths;
    private readonly TargetFormat[] _formats;
    private readonly float[] _inputs;
    private readonly int[][] _labels;
    private readonly float[][] _values;
    private readonly float[][] _weights;
    private readonly int _inputLength;
    private TargetSet _targets = [];
    private TargetSet _otherTargets = [];
    private int _targetsCount = -1;
    private int _otherCount = -1;

    /// <summary>With room for a number of examples of a source.</summary>
    /// <param name="source">What the examples are like.</param>
    /// <param name="capacity">The most examples, at least 1.</param>
    /// <exception cref="ArgumentException">So many do not fit into an array.</exception>
    public ExampleBatch(IExampleSource source, int capacity)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _inputLengths = [.. source.InputLengths];
        _formats = [.. source.Targets];
        _inputLength = _inputLengths.Sum();
        if ((long)capacity * Math.Max(_inputLength, _formats.Max(static format => format.Length)) > Array.MaxLength)
            throw new ArgumentException(
                $"A batch of {capacity} examples of {_inputLength} floats does not fit into an array; use smaller batches.", nameof(capacity));
        Capacity = capacity;
        _inputs = new float[capacity * _inputLength];
        _labels = [.. _formats.Select(format => new int[format.IsLabels ? capacity * format.Length : 0])];
        _values = [.. _formats.Select(format => new float[format.IsLabels ? 0 : capacity * format.Length])];
        _weights = [.. _formats.Select(format => new float[capacity * format.WeightCount])];
    }

    /// <summary>The most examples.</summary>
    public int Capacity { get; }

    /// <summary>How many there are; where they lie depends on it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or above <see cref="Capacity"/>.</exception>
    public int Count
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Capacity);
            field = value;
        }
    }

    /// <summary>The inputs, one after the other, each with all examples: what <see cref="ITrainer.Step(ReadOnlySpan{float}, TargetSet)"/> takes.</summary>
    public ReadOnlySpan<float> Inputs => _inputs.AsSpan(0, Count * _inputLength);

    /// <summary>What each output should be. The sets refer to this batch, whose next examples they then have.</summary>
    public TargetSet Targets
    {
        get
        {
            // An epoch has two sizes of batches, the full one and the last.
            if (Count == _targetsCount)
                return _targets;
            if (Count != _otherCount)
            {
                _otherTargets = new TargetSet([.. Enumerable.Range(0, _formats.Length).Select(TargetOf)]);
                _otherCount = Count;
            }

            (_targets, _otherTargets) = (_otherTargets, _targets);
            (_targetsCount, _otherCount) = (_otherCount, _targetsCount);
            return _targets;
        }
    }

    /// <summary>The floats of one input, example after example.</summary>
    /// <param name="input">Which input. Default: the first.</param>
    public Span<float> Input(int input = 0)
    {
        int start = 0;
        for (int before = 0; before < input; before++)
            start += _inputLengths[before];
        return _inputs.AsSpan(Count * start, Count * _inputLengths[input]);
    }

    /// <summary>The labels of one output, example after example; empty where it has none.</summary>
    /// <param name="output">Which output. Default: the first.</param>
    public Span<int> Labels(int output = 0) => _labels[output].AsSpan(0, _formats[output].IsLabels ? Count * _formats[output].Length : 0);

    /// <summary>The target values of one output, example after example; empty where it has none.</summary>
    /// <param name="output">Which output. Default: the first.</param>
    public Span<float> Values(int output = 0) => _values[output].AsSpan(0, _formats[output].IsLabels ? 0 : Count * _formats[output].Length);

    /// <summary>The weights of one output, example after example; empty where it has none.</summary>
    /// <param name="output">Which output. Default: the first.</param>
    public Span<float> Weights(int output = 0) => _weights[output].AsSpan(0, Count * _formats[output].WeightCount);

    /// <summary>Each input of a batch of one example.</summary>
    internal IReadOnlyList<ReadOnlyMemory<float>> InputMemory()
    {
        var inputs = new ReadOnlyMemory<float>[_inputLengths.Length];
        int start = 0;
        for (int input = 0; input < inputs.Length; start += _inputLengths[input++])
            inputs[input] = _inputs.AsMemory(start, _inputLengths[input]);
        return inputs;
    }

    /// <summary>Copies an example to a place of the batch.</summary>
    /// <param name="place">From 0 to <see cref="Count"/> - 1.</param>
    /// <param name="example">Is to have what the format says.</param>
    /// <exception cref="InvalidOperationException">It has something else.</exception>
    internal void Take(int place, in Example example)
    {
        Expect(example.Inputs?.Count ?? 0, _inputLengths.Length, "inputs", -1);
        Expect(example.Targets.Count, _formats.Length, "targets", -1);
        for (int input = 0; input < _inputLengths.Length; input++)
        {
            ReadOnlySpan<float> values = example.Inputs![input].Span;
            Expect(values.Length, _inputLengths[input], "floats of input", input);
            values.CopyTo(Input(input).Slice(place * values.Length, values.Length));
        }

        for (int output = 0; output < _formats.Length; output++)
            TakeTarget(place, example.Targets[output], output);
    }

    private static void Expect(int found, int needed, string what, int port)
    {
        if (found != needed)
        {
            string which = port < 0 ? what : FormattableString.Invariant($"{what} {port}");
            throw new InvalidOperationException(FormattableString.Invariant(
                $"An example of the stream has {found} {which}, and its format says {needed}: give what InputLengths and Targets say."));
        }
    }

    private void TakeTarget(int place, in OutputTarget target, int output)
    {
        TargetFormat format = _formats[output];
        Expect(target.Labels.Length, format.IsLabels ? format.Length : 0, "labels of target", output);
        Expect(target.Values.Length, format.IsLabels ? 0 : format.Length, "values of target", output);
        Expect(target.Weights.Length, format.WeightCount, "weights of target", output);
        if (format.IsLabels)
            target.Labels.Span.CopyTo(Labels(output)[(place * format.Length)..]);
        else
            target.Values.Span.CopyTo(Values(output)[(place * format.Length)..]);
        target.Weights.Span.CopyTo(Weights(output)[(place * format.WeightCount)..]);
    }

    private OutputTarget TargetOf(int output)
    {
        TargetFormat format = _formats[output];
        if (format.Length == 0)
            return OutputTarget.None;
        ReadOnlyMemory<float> weights = _weights[output].AsMemory(0, Count * format.WeightCount);
        return format.IsLabels
            ? new OutputTarget(_labels[output].AsMemory(0, Count * format.Length)) { Weights = weights }
            : new OutputTarget(_values[output].AsMemory(0, Count * format.Length)) { Weights = weights };
    }
}
