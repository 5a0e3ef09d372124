namespace Cnn.Benchmarks.Peers;

/// <summary>Our own predictor with its weights as floats: what predictors with weights in fewer bits are measured against.</summary>
internal sealed class FloatWeightsPeer(INetwork network, float[] inputs, int batch, int threads) : IPeer
{
    private readonly IPredictor _predictor = network.CreatePredictor(new PredictorOptions { BatchSize = batch, Threads = threads });
    private readonly float[] _outputs = new float[batch * network.OutputLength];

    public void Run() => _predictor.Predict(inputs, _outputs);

    public ReadOnlySpan<float> Results => _outputs;

    public void Dispose() => _predictor.Dispose();
}
