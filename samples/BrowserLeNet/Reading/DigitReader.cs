using Cnn;

namespace BrowserLeNet.Reading;

/// <summary>Reads digits with a snapshot of a network.</summary>
internal sealed class DigitReader(INetwork network) : IDisposable
{
    private readonly IPredictor _predictor = network.CreatePredictor();

    /// <summary>The network whose parameters were taken.</summary>
    public INetwork Network => network;

    /// <summary>Floats of all layers' activations of one image, the input's first.</summary>
    public int TraceLength { get; } = network.Summary.Layers.Sum(layer => (int)(layer.ActivationBytes / sizeof(float)));

    /// <summary>Computes the scores of an image.</summary>
    /// <param name="pixels">784 numbers from 0, paper, to 1, ink.</param>
    /// <param name="scores">Receives 10.</param>
    public void Predict(ReadOnlySpan<float> pixels, Span<float> scores) => _predictor.Predict(pixels, scores);

    /// <summary>Writes every layer's activations one after the other.</summary>
    /// <param name="pixels">784 numbers from 0, paper, to 1, ink.</param>
    /// <param name="activations">Receives <see cref="TraceLength"/> numbers.</param>
    public void Trace(ReadOnlySpan<float> pixels, Span<float> activations)
    {
        int position = 0;
        foreach (Activation activation in _predictor.Trace(pixels))
        {
            activation.Values.CopyTo(activations[position..]);
            position += activation.Values.Length;
        }
    }

    public void Dispose() => _predictor.Dispose();
}
