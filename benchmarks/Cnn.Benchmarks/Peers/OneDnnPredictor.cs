namespace Cnn.Benchmarks.Peers;

/// <summary>A network's predictions by oneDNN, driven without a framework: blocked layouts, norms folded, activations and sums fused.</summary>
internal sealed class OneDnnPredictor : IPeer
{
    private readonly nint _predictor;
    private readonly float[] _inputs;
    private readonly float[] _outputs;

    public OneDnnPredictor(INetwork network, float[] inputs, int batch, int threads, bool winograd)
    {
        OneDnnNetwork listed = new(network, folds: true);
        _inputs = inputs;
        _outputs = new float[batch * network.OutputLength];
        _predictor = listed.Create(layers => OneDnn.CreatePredictor(layers, layers.Length, listed.Shape, batch, winograd ? 1 : 0, threads));
    }

    public void Run() => OneDnn.Predict(_predictor, ref _inputs[0], ref _outputs[0]);

    public ReadOnlySpan<float> Results => _outputs;

    public void Dispose() => OneDnn.FreePredictor(_predictor);
}
