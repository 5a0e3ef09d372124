using System.Collections;

namespace Cnn;

/// <summary>
/// What every layer of a network made of one input, in the order in which they run, the input first. A copy: later predictions do not change it.
/// </summary>
public sealed class ActivationTrace : IReadOnlyList<Activation>
{
    private readonly Activation[] _activations;

    internal ActivationTrace(Activation[] activations) => _activations = activations;

    /// <summary>How many layers there are, the input counted.</summary>
    public int Count => _activations.Length;

    /// <summary>A layer's activation by position.</summary>
    /// <param name="index">From 0, which is the input; as in <see cref="NetworkSummary.Layers"/>.</param>
    /// <exception cref="IndexOutOfRangeException">The index is negative or not below <see cref="Count"/>.</exception>
    public Activation this[int index] => _activations[index];

    /// <summary>A layer's activation by name.</summary>
    /// <param name="layer">As <c>conv1</c>, or <c>basicblock1.conv1</c> within a block.</param>
    /// <exception cref="ArgumentException">There is no such layer; the message lists those that there are.</exception>
    public Activation this[string layer]
    {
        get
        {
            foreach (Activation activation in _activations)
            {
                if (activation.Layer == layer)
                    return activation;
            }

            throw new ArgumentException(
                $"There is no layer '{layer}'. There are: {string.Join(", ", _activations.Select(activation => activation.Layer))}.", nameof(layer));
        }
    }

    /// <inheritdoc/>
    public IEnumerator<Activation> GetEnumerator() => ((IEnumerable<Activation>)_activations).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
