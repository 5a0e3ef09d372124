namespace Cnn.Benchmarks.Peers;

/// <summary>Another library's version of a network, ready to run again and again on the same numbers.</summary>
internal interface IPeer : IDisposable
{
    /// <summary>One prediction or one training step.</summary>
    void Run();

    /// <summary>What the last run made: the outputs of a prediction, the loss of a training step.</summary>
    ReadOnlySpan<float> Results { get; }
}
