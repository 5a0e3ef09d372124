namespace Cnn.Data;

/// <summary>An <see cref="IExampleStream"/> of a method that yields examples.</summary>
/// <remarks>
/// <code>
/// ExampleStream records = new(count: 1_000_000, [784], [TargetFormat.Labels()], epoch => Read(files, epoch));
/// </code>
/// </remarks>
public sealed class ExampleStream : IExampleStream
{
    private readonly Func<int, IEnumerable<Example>> _read;

    /// <summary>Of a method that begins an epoch.</summary>
    /// <param name="count">Examples of an epoch, at least 1.</param>
    /// <param name="inputLengths">Floats of one example for each input.</param>
    /// <param name="targets">What there is for each output.</param>
    /// <param name="read">From an epoch, from 0, to its examples; the same epoch gives the same ones.</param>
    public ExampleStream(int count, IReadOnlyList<int> inputLengths, IReadOnlyList<TargetFormat> targets, Func<int, IEnumerable<Example>> read)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentNullException.ThrowIfNull(inputLengths);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(read);
        Count = count;
        InputLengths = inputLengths;
        Targets = targets;
        _read = read;
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> InputLengths { get; }

    /// <inheritdoc/>
    public IReadOnlyList<TargetFormat> Targets { get; }

    /// <inheritdoc/>
    public IEnumerable<Example> Read(int epoch) => _read(epoch);

    /// <inheritdoc cref="Examples.ToString"/>
    public override string ToString() => ExampleSources.Describe(this);
}
