using Cnn.Data;

namespace Cnn.Training;

/// <summary>How a network is evaluated. Results do not depend on batch size and threads.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Images predicted at once. Default 100.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>Threads; 0, the default, is all cores.</summary>
    public int Threads { get; init; }

    /// <summary>The processes that share the work; each of them makes the call, and has the result. Default: none.</summary>
    public IRanks? Ranks { get; init; }

    /// <summary>What the network was trained with. Default: nothing.</summary>
    public ChannelNormalization? Normalization { get; init; }

    /// <summary>The loss that is told; <see cref="Loss.Each"/> for several outputs. Default: null, none.</summary>
    public Loss? Loss { get; init; }

    /// <summary>What is measured. Default: null, the accuracy where there are labels for the only output.</summary>
    public IReadOnlyList<Metric>? Metrics { get; init; }
}
