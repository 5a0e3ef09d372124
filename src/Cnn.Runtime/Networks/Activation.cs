namespace Cnn;

/// <summary>What one layer made of one input.</summary>
public sealed class Activation
{
    private readonly LayerSummary _layer;
    private readonly ReadOnlyMemory<float> _values;

    internal Activation(LayerSummary layer, ReadOnlyMemory<float> values)
    {
        _layer = layer;
        _values = values;
    }

    /// <summary>The layer's name, as <c>conv1</c>.</summary>
    public string Layer => _layer.Name;

    /// <summary>The layer's attribute, as <c>Conv</c>.</summary>
    public string Kind => _layer.Kind;

    /// <summary>Channels first, without the batch, as <c>[20, 28, 28]</c>.</summary>
    public IReadOnlyList<int> Shape => _layer.OutputShape;

    /// <summary>The numbers, the last axis of <see cref="Shape"/> the fastest.</summary>
    public ReadOnlySpan<float> Values => _values.Span;

    /// <summary>One channel's feature map.</summary>
    /// <param name="index">From 0.</param>
    /// <returns>As many numbers as the axes behind the first have positions; one where the layer is flat.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such channel.</exception>
    public ReadOnlySpan<float> Channel(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Shape[0]);
        int positions = _values.Length / Shape[0];
        return _values.Span.Slice(index * positions, positions);
    }
}
