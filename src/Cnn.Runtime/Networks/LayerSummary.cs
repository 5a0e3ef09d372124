namespace Cnn;

/// <summary>One layer's facts.</summary>
/// <param name="Name">As <c>conv1</c>.</param>
/// <param name="Kind">The attribute, as <c>Conv</c>.</param>
/// <param name="OutputShape">Channels first, without the batch.</param>
/// <param name="Parameters">Trainable numbers.</param>
/// <param name="MultiplyAdds">Outputs times the length of the inner product; 0 for layers without one.</param>
/// <param name="ReceptiveField">Input elements per axis that one output element depends on; empty for flat networks.</param>
public sealed record LayerSummary(
    string Name,
    string Kind,
    IReadOnlyList<int> OutputShape,
    long Parameters,
    long MultiplyAdds,
    IReadOnlyList<int> ReceptiveField)
{
    /// <summary>Bytes of one image's output.</summary>
    public long ActivationBytes => OutputShape.Aggregate((long)sizeof(float), (bytes, axis) => bytes * axis);

    /// <summary>The names of the layers whose outputs this one takes, in order; empty for the input.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>The layer's arguments with everything resolved.</summary>
    public LayerArguments Arguments { get; init; } = LayerArguments.None;
}
