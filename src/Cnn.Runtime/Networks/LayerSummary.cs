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

    /// <summary>
    /// The layer's arguments with everything resolved, as <c>kernel=5,5 stride=1,1 padding=2,2,2,2</c>: one number an axis, of a padding all begins,
    /// then all ends.
    /// </summary>
    /// <remarks>A text, so that a program that never asks pays for one string literal a layer.</remarks>
    public string Arguments { get; init; } = "";

    /// <summary>One argument's value; flags are 0 or 1.</summary>
    /// <param name="name">As in <see cref="Arguments"/>.</param>
    /// <exception cref="ArgumentException">The layer has no such argument; the message lists those that it has.</exception>
    public string Argument(string name)
    {
        foreach (string argument in Arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = argument.IndexOf('=');
            if (argument.AsSpan(0, equals).SequenceEqual(name))
                return argument[(equals + 1)..];
        }

        throw new ArgumentException(
            $"The layer '{Name}' ({Kind}) has no argument '{name}'. It has: {(Arguments.Length == 0 ? "none" : Arguments)}.", nameof(name));
    }
}
