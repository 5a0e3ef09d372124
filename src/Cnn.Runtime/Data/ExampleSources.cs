namespace Cnn.Data;

/// <summary>Parts and orders of examples, without copying them.</summary>
public static class ExampleSources
{
    /// <summary>Some of the examples, in the order in which they are named.</summary>
    /// <param name="examples">The examples; shared, not copied.</param>
    /// <param name="numbers">Their numbers; one may be named several times.</param>
    /// <returns>As many examples as numbers.</returns>
    /// <exception cref="ArgumentException">No example is named.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such example.</exception>
    public static IExamples Subset(this IExamples examples, ReadOnlySpan<int> numbers)
    {
        ArgumentNullException.ThrowIfNull(examples);
        if (numbers.IsEmpty)
            throw new ArgumentException("No example is named: name at least one.", nameof(numbers));
        foreach (int number in numbers)
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)number, (uint)examples.Count, nameof(numbers));
        return new ExampleSubset(examples, numbers.ToArray());
    }

    /// <summary>Draws two parts at random.</summary>
    /// <param name="examples">The examples; shared, not copied.</param>
    /// <param name="fraction">How many go into the first part, above 0 and below 1.</param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <returns>The two parts, each in the order of the examples.</returns>
    /// <exception cref="ArgumentException">A part would be empty, or the fraction is out of range.</exception>
    public static (IExamples First, IExamples Second) Split(this IExamples examples, double fraction, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(examples);
        if (!(fraction > 0 && fraction < 1))
            throw new ArgumentOutOfRangeException(nameof(fraction),
                FormattableString.Invariant($"The fraction is {fraction}: give a number above 0 and below 1."));
        int first = (int)Math.Round(examples.Count * fraction, MidpointRounding.AwayFromZero);
        if (first == 0 || first == examples.Count)
            throw new ArgumentException(FormattableString.Invariant(
                $"{CountFormat.Of(examples.Count, "example")} cannot be divided at {fraction}: one part would be empty."), nameof(fraction));
        var order = new int[examples.Count];
        Permutation.Fill(order, seed, epoch: 0);
        order.AsSpan(0, first).Sort();
        order.AsSpan(first).Sort();
        return (new ExampleSubset(examples, order[..first]), new ExampleSubset(examples, order[first..]));
    }

    /// <summary>Mixes a stream: each example is drawn from as many as are held in memory.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="held">Examples that are held, at least 1. The more, the more even the order.</param>
    /// <param name="seed">The same seed gives the same order in the same epoch.</param>
    /// <returns>A stream of the same examples.</returns>
    public static IExampleStream Shuffled(this IExampleStream stream, int held, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfLessThan(held, 1);
        return new ShuffledStream(stream, held, seed);
    }

    internal static string Describe(IExampleSource source) =>
        $"{CountFormat.Of(source.Count, "example")}: {string.Join(", ", source.InputLengths.Select(length => CountFormat.Of(length, "float")))}; "
        + string.Join(", ", source.Targets);
}
