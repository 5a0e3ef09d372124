using System.Collections;
using System.Runtime.CompilerServices;

namespace Cnn;

/// <summary>
/// What each output of a batch should be, in the order of the outputs: <c>[labels, masks]</c>, with arrays or memory of int for labels and of float for values.
/// </summary>
/// <remarks>Refers to the caller's arrays, so that one set serves any number of steps that refill them.</remarks>
[CollectionBuilder(typeof(TargetSet), nameof(Create))]
public sealed class TargetSet : IReadOnlyList<OutputTarget>
{
    private readonly OutputTarget[] _targets;

    /// <summary>One target for each output.</summary>
    /// <param name="targets">In the order of the outputs; <see cref="OutputTarget.None"/> leaves one out.</param>
    public TargetSet(params OutputTarget[] targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        _targets = [.. targets];
    }

    /// <inheritdoc/>
    public int Count => _targets.Length;

    /// <inheritdoc/>
    public OutputTarget this[int index] => _targets[index];

    /// <summary>What a collection expression calls.</summary>
    /// <param name="targets">In the order of the outputs.</param>
    public static TargetSet Create(ReadOnlySpan<OutputTarget> targets) => new(targets.ToArray());

    /// <inheritdoc/>
    public IEnumerator<OutputTarget> GetEnumerator() => ((IEnumerable<OutputTarget>)_targets).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
