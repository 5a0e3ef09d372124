namespace Cnn;

/// <summary>A frozen, folded, packed copy of a network's parameters that computes outputs.</summary>
/// <remarks>One thread at a time; a concurrent call throws. <see cref="Clone"/> makes one for each worker. Nothing is allocated after the first call.</remarks>
public interface IPredictor : IDisposable
{
    /// <summary>The most inputs that one call can take.</summary>
    int BatchSize { get; }

    /// <summary>Computes the outputs of some inputs.</summary>
    /// <param name="inputs">Any number of inputs up to <see cref="BatchSize"/>, batch first, channels next.</param>
    /// <param name="outputs">Receives as many outputs; not touched if the call throws.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    /// <exception cref="InvalidOperationException">Another call is running.</exception>
    /// <exception cref="ObjectDisposedException">The predictor is disposed.</exception>
    /// <remarks>An input that is not a number gives outputs that are not numbers, for that input alone.</remarks>
    void Predict(ReadOnlySpan<float> inputs, Span<float> outputs);

    /// <summary>The first index of the largest output.</summary>
    /// <param name="input">One input.</param>
    /// <returns>The class.</returns>
    /// <exception cref="ArgumentException">The length does not fit, or the outputs are not numbers because the input is not.</exception>
    int Classify(ReadOnlySpan<float> input);

    /// <summary>A predictor that shares the packed parameters and owns its buffers: one clone a worker.</summary>
    /// <returns>An independent predictor; dispose each.</returns>
    IPredictor Clone();
}
