namespace Cnn.Data;

/// <summary>Examples in arrays: any inputs, with labels, label maps or values for each output.</summary>
/// <remarks>
/// <code>
/// Examples portraits = new(count: 1000, inputs: [pixels], targets: [kinds, ages]);
/// </code>
/// </remarks>
public sealed class Examples : IExamples
{
    private readonly ExampleColumn[] _inputs;
    private readonly ExampleColumn[] _targets;

    /// <summary>Of a network with one input and one output.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="input">As many numbers for each, as the input has.</param>
    /// <param name="target">Labels, values, or <see cref="ExampleColumn.None"/>.</param>
    /// <exception cref="ArgumentException">An array does not divide into so many examples, or has a number that is not finite.</exception>
    public Examples(int count, ExampleColumn input, ExampleColumn target)
        : this(count, [input], [target])
    {
    }

    /// <summary>Of a network with several inputs or outputs.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="inputs">One for each input, in their order.</param>
    /// <param name="targets">One for each output, in their order.</param>
    /// <exception cref="ArgumentException">An array does not divide into so many examples, or has a number that is not finite.</exception>
    public Examples(int count, IReadOnlyList<ExampleColumn> inputs, IReadOnlyList<ExampleColumn> targets)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        if (inputs.Count == 0 || targets.Count == 0)
            throw new ArgumentException("Examples need at least one input and one target.", inputs.Count == 0 ? nameof(inputs) : nameof(targets));
        Count = count;
        _inputs = [.. inputs];
        _targets = [.. targets];
        InputLengths = [.. _inputs.Select((column, index) => InputLength(column, Named("Input", index, _inputs.Length)))];
        Targets = [.. _targets.Select((column, index) => Target(column, Named("Target", index, _targets.Length)))];
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> InputLengths { get; }

    /// <inheritdoc/>
    public IReadOnlyList<TargetFormat> Targets { get; }

    /// <inheritdoc/>
    public void Copy(ReadOnlySpan<int> examples, ExampleBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        for (int input = 0; input < _inputs.Length; input++)
        {
            Span<float> destination = batch.Input(input);
            for (int index = 0; index < examples.Length; index++)
                _inputs[input].Copy(examples[index], destination.Slice(index * InputLengths[input], InputLengths[input]));
        }

        for (int output = 0; output < _targets.Length; output++)
            CopyTarget(examples, batch, output);
    }

    /// <summary>As <c>1000 examples: 784 floats; 1 label</c>.</summary>
    public override string ToString() => ExampleSources.Describe(this);

    private void CopyTarget(ReadOnlySpan<int> examples, ExampleBatch batch, int output)
    {
        TargetFormat format = Targets[output];
        for (int index = 0; index < examples.Length && format.Length > 0; index++)
        {
            if (format.IsLabels)
                _targets[output].Copy(examples[index], batch.Labels(output).Slice(index * format.Length, format.Length));
            else
                _targets[output].Copy(examples[index], batch.Values(output).Slice(index * format.Length, format.Length));
            if (format.WeightCount > 0)
                _targets[output].CopyWeights(examples[index], batch.Weights(output).Slice(index * format.WeightCount, format.WeightCount));
        }
    }

    private int InputLength(ExampleColumn column, string what)
    {
        if (!column.IsInput)
            throw new ArgumentException($"{what} has no numbers that a network takes: give floats, or bytes for pixels.");
        int length = column.LengthOf(Count, what);
        column.CheckFinite(length, what);
        return length;
    }

    private TargetFormat Target(ExampleColumn column, string what)
    {
        TargetFormat format = column.Format(Count, what);
        if (format.Length > 0)
            column.CheckFinite(format.Length, what);
        return format;
    }

    private static string Named(string what, int index, int count) => count == 1 ? "The " + what.ToLowerInvariant() : $"{what} {index}";
}
