namespace Cnn.Benchmarks.Peers;

/// <summary>A network's training steps by oneDNN: SGD with momentum on the cross-entropy.</summary>
internal sealed class OneDnnTrainer : IPeer
{
    private readonly nint _trainer;
    private readonly float[] _inputs;
    private readonly int[] _labels;
    private readonly float[] _loss = new float[1];

    public OneDnnTrainer(INetwork network, float[] inputs, int[] labels, int threads, bool winograd)
    {
        OneDnnNetwork listed = new(network, folds: false);
        _inputs = inputs;
        _labels = labels;
        _trainer = listed.Create(layers => OneDnn.CreateTrainer(
            layers, layers.Length, listed.Shape, labels.Length, winograd ? 1 : 0, threads, Contest.LearningRate, Contest.Momentum));
    }

    public void Run() => _loss[0] = OneDnn.Step(_trainer, ref _inputs[0], ref _labels[0]);

    public ReadOnlySpan<float> Results => _loss;

    public void Dispose() => OneDnn.FreeTrainer(_trainer);
}
