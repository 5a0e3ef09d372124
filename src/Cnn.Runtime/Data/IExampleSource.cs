namespace Cnn.Data;

/// <summary>What a network learns from or is looked at with: inputs, and what each output should be.</summary>
/// <remarks>
/// Either <see cref="IExamples"/>, which are reached by their number, or an <see cref="IExampleStream"/>, which is read from its beginning.
/// </remarks>
public interface IExampleSource
{
    /// <summary>The number of examples: of an epoch, where they are read from a stream. At least 1.</summary>
    int Count { get; }

    /// <summary>Floats of one example for each input, in the order of the network's inputs.</summary>
    IReadOnlyList<int> InputLengths { get; }

    /// <summary>What there is for each output, in the order of the network's outputs.</summary>
    IReadOnlyList<TargetFormat> Targets { get; }
}
