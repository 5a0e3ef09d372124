using Cnn.Data;

namespace Cnn.Training;

/// <summary>How a network is evaluated. Results do not depend on batch size and threads.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Images predicted at once. Default 100.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>Threads; 0, the default, is all cores.</summary>
    public int Threads { get; init; }

    /// <summary>What the network was trained with. Default: nothing.</summary>
    public ChannelNormalization? Normalization { get; init; }
}
