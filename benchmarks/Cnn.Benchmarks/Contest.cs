using Cnn.Benchmarks.Measuring;
using Cnn.Benchmarks.Peers;

namespace Cnn.Benchmarks;

/// <summary>One row of the table: a network, a batch and a number of threads, ours against the peer.</summary>
/// <param name="Name">The network's name.</param>
/// <param name="Network">The network, with random weights.</param>
/// <param name="Batch">Images of a run.</param>
/// <param name="Threads">Threads of both.</param>
internal sealed record Contest(string Name, INetwork Network, int Batch, int Threads)
{
    public const float LearningRate = 1e-2f;

    public const float Momentum = 0.9f;

    /// <summary>Steps whose losses are compared: gradients and updates are right if the later ones agree too.</summary>
    private const int ComparedSteps = 5;

    /// <summary>Predictions, in turn with the peer's.</summary>
    public string Predict(BenchmarkOptions options)
    {
        float[] inputs = Inputs();
        float[] outputs = new float[Batch * Network.OutputLength];
        using IPredictor predictor = Network.CreatePredictor(new PredictorOptions { BatchSize = Batch, Threads = Threads, Weights = options.Weights });
        IReadOnlyList<IPeer> peers = options.Peer?.Predicting(Network, inputs, Batch, Threads) ?? [];
        predictor.Predict(inputs, outputs);
        foreach (IPeer peer in peers)
        {
            peer.Run();
            if (options.Weights == WeightStorage.Float32)
                Agreement.Check($"{Name}, predictions of {Batch}", outputs, peer.Results);
        }

        return Measure("predict", options.Rounds, MultiplyAdds * Batch, () => predictor.Predict(inputs, outputs), peers);
    }

    /// <summary>Training steps: three passes' multiply-adds, less the input gradient of the first layer.</summary>
    public string Train(int rounds, PeerLibrary? library)
    {
        float[] inputs = Inputs();
        int[] labels = [.. Enumerable.Range(0, Batch).Select(static image => image % 10)];
        IReadOnlyList<IPeer> peers = library?.Training(Network, inputs, labels, Threads) ?? [];
        using ITrainer trainer = Network.CreateTrainer(
            new Sgd(LearningRate) { Momentum = Momentum }, Loss.CrossEntropy(), new TrainerOptions { BatchSize = Batch, Threads = Threads });
        for (int step = 0; step < ComparedSteps; step++)
        {
            float loss = trainer.Step(inputs, labels);
            foreach (IPeer peer in peers)
            {
                peer.Run();
                Agreement.Check($"{Name}, loss of step {step}", [loss], peer.Results);
            }
        }

        double first = Network.Summary.Layers.First(static layer => layer.MultiplyAdds > 0).MultiplyAdds;
        return Measure("train", rounds, ((3 * MultiplyAdds) - first) * Batch, () => trainer.Step(inputs, labels), peers);
    }

    private double MultiplyAdds => Network.Summary.MultiplyAdds;

    private float[] Inputs()
    {
        Random random = new(1);
        return [.. Enumerable.Range(0, Batch * Network.InputLength).Select(_ => random.NextSingle())];
    }

    /// <summary>Measures ours and the peer's forms in turn, and lets the peers go; the row has the faster of them.</summary>
    private string Measure(string what, int rounds, double multiplyAdds, Action ours, IReadOnlyList<IPeer> peers)
    {
        (double[] seconds, double peak) = new Rounds(rounds, Threads).Run([ours, .. peers.Select(static peer => (Action)peer.Run)]);
        foreach (IPeer peer in peers)
            peer.Dispose();
        string row = $"{Name,-12} | {what,-7} | {Batch,5} | {Threads,7} | {Time(seconds[0]),10} | {multiplyAdds / seconds[0] / peak * 100,6:F1} %";
        if (peers.Count == 0)
            return row;
        double fastest = seconds.Skip(1).Min();
        return $"{row} | {Time(fastest),12} | {fastest / seconds[0]:F2}x";
    }

    private static string Time(double seconds) => seconds < 1e-3 ? $"{seconds * 1e6:F1} us" : $"{seconds * 1e3:F2} ms";
}
