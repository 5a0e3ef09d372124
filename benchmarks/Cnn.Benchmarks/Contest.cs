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
    /// <summary>Predictions, in turn with ONNX Runtime's unless it is left out.</summary>
    public string Predict(int rounds, bool withPeer)
    {
        float[] inputs = Inputs();
        float[] outputs = new float[Batch * Network.OutputLength];
        using IPredictor predictor = Network.CreatePredictor(new PredictorOptions { BatchSize = Batch, Threads = Threads });
        using OnnxPeer? peer = withPeer ? new OnnxPeer(Network, inputs, Batch, Threads) : null;
        List<Action> contestants = [() => predictor.Predict(inputs, outputs)];
        if (peer is not null)
            contestants.Add(peer.Run);
        (double[] seconds, double peak) = new Rounds(rounds, Threads).Run([.. contestants]);
        string ours = Row("predict", seconds[0], MultiplyAdds * Batch / seconds[0] / peak);
        return peer is null ? ours : $"{ours} | {Time(seconds[1]),10} | {seconds[1] / seconds[0]:F2}x";
    }

    /// <summary>Training steps: three passes' multiply-adds, less the input gradient of the first layer.</summary>
    public string Train(int rounds)
    {
        float[] inputs = Inputs();
        int[] labels = [.. Enumerable.Range(0, Batch).Select(static image => image % 10)];
        using ITrainer trainer = Network.CreateTrainer(
            new Sgd(1e-4f) { Momentum = 0.9f }, Loss.CrossEntropy(), new TrainerOptions { BatchSize = Batch, Threads = Threads });
        (double[] seconds, double peak) = new Rounds(rounds, Threads).Run(() => trainer.Step(inputs, labels));
        double first = Network.Summary.Layers.First(static layer => layer.MultiplyAdds > 0).MultiplyAdds;
        return Row("train", seconds[0], ((3 * MultiplyAdds) - first) * Batch / seconds[0] / peak);
    }

    private double MultiplyAdds => Network.Summary.MultiplyAdds;

    private float[] Inputs()
    {
        Random random = new(1);
        return [.. Enumerable.Range(0, Batch * Network.InputLength).Select(_ => random.NextSingle())];
    }

    private string Row(string what, double seconds, double share) => $"{Name,-12} | {what,-7} | {Batch,5} | {Threads,7} | {Time(seconds),10} | {share * 100,6:F1} %";

    private static string Time(double seconds) => seconds < 1e-3 ? $"{seconds * 1e6:F1} us" : $"{seconds * 1e3:F2} ms";
}
