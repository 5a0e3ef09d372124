namespace Cnn.Benchmarks.Peers;

/// <summary>A library that ours is measured against.</summary>
/// <param name="Title">What the table calls it.</param>
/// <param name="Predicting">Its predictors, of which the faster counts: a network, its inputs, a batch and a number of threads.</param>
/// <param name="Training">Its trainers likewise, with labels; none where it cannot train.</param>
internal sealed record PeerLibrary(
    string Title,
    Func<INetwork, float[], int, int, IReadOnlyList<IPeer>> Predicting,
    Func<INetwork, float[], int[], int, IReadOnlyList<IPeer>> Training)
{
    public static PeerLibrary Onnx { get; } = new("ONNX Runtime", static (network, inputs, batch, threads) => [new OnnxPeer(network, inputs, batch, threads)],
        static (_, _, _, _) => []);

    public static PeerLibrary OneDnn { get; } = new(
        "oneDNN",
        static (network, inputs, batch, threads) => [.. Forms.Select(winograd => new OneDnnPredictor(network, inputs, batch, threads, winograd))],
        static (network, inputs, labels, threads) => [.. Forms.Select(winograd => new OneDnnTrainer(network, inputs, labels, threads, winograd))]);

    public static PeerLibrary FloatWeights { get; } = new(
        "float32", static (network, inputs, batch, threads) => [new FloatWeightsPeer(network, inputs, batch, threads)], static (_, _, _, _) => []);

    /// <summary>Direct sums, and Winograd's tiles where oneDNN has them.</summary>
    private static bool[] Forms => [false, true];

    /// <summary>The library of a name; null for none.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static PeerLibrary? Find(string name) => name switch
    {
        "onnx" => Onnx,
        "onednn" => OneDnn,
        "float32" => FloatWeights,
        "none" => null,
        _ => throw new ArgumentException($"There is no peer {name}. {BenchmarkOptions.Usage}"),
    };
}
