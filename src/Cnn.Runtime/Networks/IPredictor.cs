namespace Cnn;

/// <summary>A frozen, folded, packed copy of a network's parameters that computes outputs.</summary>
/// <remarks>One thread at a time; a concurrent call throws. <see cref="Clone"/> makes one for each worker. Nothing is allocated after the first call.</remarks>
public interface IPredictor : IDisposable
{
    /// <summary>The most inputs that one call can take.</summary>
    int BatchSize { get; }

    /// <summary>Floats of one input, of all ports together.</summary>
    int InputLength => throw new NotSupportedException($"{GetType()} does not tell its lengths.");

    /// <summary>Floats of the outputs of one input, of all ports together.</summary>
    int OutputLength => throw new NotSupportedException($"{GetType()} does not tell its lengths.");

    /// <summary>Computes the outputs of some inputs.</summary>
    /// <param name="inputs">Any number of inputs up to <see cref="BatchSize"/>, batch first, channels next.</param>
    /// <param name="outputs">Receives as many outputs; not touched if the call throws.</param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    /// <exception cref="InvalidOperationException">Another call is running.</exception>
    /// <exception cref="ObjectDisposedException">The predictor is disposed.</exception>
    /// <remarks>An input that is not a number gives outputs that are not numbers, for that input alone.</remarks>
    void Predict(ReadOnlySpan<float> inputs, Span<float> outputs);

    /// <summary>The first index of the largest output. An output that is NaN is never the largest.</summary>
    /// <param name="input">One input.</param>
    /// <returns>The class.</returns>
    /// <exception cref="ArgumentException">The length does not fit, or every output is NaN: there is no class then.</exception>
    /// <exception cref="InvalidOperationException">
    /// The output is a map and no vector, so that there is a class for each position; or another call is running.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The predictor is disposed.</exception>
    int Classify(ReadOnlySpan<float> input);

    /// <summary>The most likely classes of one input, the most likely first.</summary>
    /// <param name="input">One input.</param>
    /// <param name="count">How many are wanted, at least 1. There are fewer where the network has fewer classes.</param>
    /// <param name="labels">What the classes are called, one for each output; null for their indices.</param>
    /// <returns>Class, label, output and probability of each. They are allocated: <see cref="Classify"/> is not.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or every output is NaN.</exception>
    /// <exception cref="InvalidOperationException">The output is a map and no vector; or another call is running.</exception>
    /// <exception cref="ObjectDisposedException">The predictor is disposed.</exception>
    IReadOnlyList<ClassScore> Top(ReadOnlySpan<float> input, int count, IReadOnlyList<string>? labels = null) =>
        throw new NotSupportedException($"{GetType()} cannot rank classes.");

    /// <summary>What every layer makes of one input, by name: for looking inside.</summary>
    /// <param name="input">One input.</param>
    /// <returns>A copy of every layer's activation, also where <see cref="Predict"/> fuses layers and never stores what is between them.</returns>
    /// <remarks>
    /// Set <c>CnnTrace</c> to true in the project that declares the network. Layers run one by one here, which is slow and allocates. What
    /// <see cref="Predict"/> computes in the same order has the same bits; where it folds norms into weights, or takes a faster algorithm, the two
    /// agree as far as float does.
    /// </remarks>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    /// <exception cref="InvalidOperationException">Another call is running.</exception>
    /// <exception cref="NotSupportedException">The network was generated without <c>CnnTrace</c>.</exception>
    /// <exception cref="ObjectDisposedException">The predictor is disposed.</exception>
    ActivationTrace Trace(ReadOnlySpan<float> input) => throw new NotSupportedException($"{GetType()} cannot trace activations.");

    /// <summary>A predictor that shares the packed parameters and owns its buffers: one clone a worker.</summary>
    /// <returns>An independent predictor; dispose each.</returns>
    IPredictor Clone();
}
