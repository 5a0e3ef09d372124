namespace Cnn.Serving;

/// <summary>How a pool of predictors is made.</summary>
public sealed record PredictorPoolOptions
{
    /// <summary>Predictors that work at the same time, each on a thread of its own; they share the weights. 0, the default, is one for each core.</summary>
    public int Workers { get; init; }

    /// <summary>How many requests may wait for a predictor; further ones are refused. Default: 256.</summary>
    public int QueueLength { get; init; } = 256;

    /// <summary>The most requests that are computed together. 1, the default, computes each alone; more is micro-batching.</summary>
    public int BatchSize { get; init; } = 1;

    /// <summary>How long a request waits for others where <see cref="BatchSize"/> is above 1, rounded up to milliseconds. Default: 1 ms.</summary>
    public TimeSpan BatchDelay { get; init; } = TimeSpan.FromMilliseconds(1);

    internal int WorkerCount => Workers == 0 ? Environment.ProcessorCount : Workers;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Workers, nameof(Workers));
        ArgumentOutOfRangeException.ThrowIfLessThan(QueueLength, 1, nameof(QueueLength));
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1, nameof(BatchSize));
        if (BatchDelay < TimeSpan.Zero || BatchDelay > TimeSpan.FromMinutes(1))
            throw new ArgumentOutOfRangeException(nameof(BatchDelay), "BatchDelay is at least 0 and at most a minute.");
    }
}
