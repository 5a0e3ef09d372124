namespace Cnn.Data;

/// <summary>One example of an <see cref="IExampleStream"/>: its inputs, and what each output should be.</summary>
/// <remarks>Refers to the numbers of whoever made it, which are copied before the next example is asked for.</remarks>
public readonly struct Example
{
    /// <summary>Of a network with one input and one output.</summary>
    /// <param name="input">The input's floats.</param>
    /// <param name="target">Labels, values, or nothing.</param>
    public Example(ReadOnlyMemory<float> input, OutputTarget target)
        : this([input], new TargetSet(target))
    {
    }

    /// <summary>Of a network with several inputs or outputs.</summary>
    /// <param name="inputs">One for each input, in their order.</param>
    /// <param name="targets">One for each output, in their order.</param>
    public Example(IReadOnlyList<ReadOnlyMemory<float>> inputs, TargetSet targets)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        Inputs = inputs;
        Targets = targets;
    }

    /// <summary>The floats of each input.</summary>
    public IReadOnlyList<ReadOnlyMemory<float>> Inputs { get; }

    /// <summary>What each output should be.</summary>
    public TargetSet Targets { get; }
}
