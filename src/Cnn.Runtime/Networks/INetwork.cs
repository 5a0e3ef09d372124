namespace Cnn;

/// <summary>A network: parameters, and the means to train it and to predict with it.</summary>
public interface INetwork
{
    /// <summary>Layers, shapes, parameters, multiply-adds and receptive fields; prints as a table.</summary>
    NetworkSummary Summary { get; }

    /// <summary>What comes in, in the order of declaration.</summary>
    IReadOnlyList<Port> Inputs => Summary.Inputs;

    /// <summary>What goes out, in the order of declaration.</summary>
    IReadOnlyList<Port> Outputs => Summary.Outputs;

    /// <summary>Floats of one image of all inputs.</summary>
    int InputLength { get; }

    /// <summary>Floats of one image of all outputs.</summary>
    int OutputLength { get; }

    /// <summary>The parameters in declaration order, in PyTorch's names and layouts.</summary>
    ParameterSet Parameters { get; }

    /// <summary>Makes a trainer that works on this network's parameters.</summary>
    /// <param name="optimizer">The update rule; its state belongs to the trainer.</param>
    /// <param name="loss">What is minimised.</param>
    /// <param name="options">Batch size, threads and seed. Default: batches of 64 on all cores.</param>
    /// <returns>A trainer. Dispose it before the next one of the same network is made.</returns>
    /// <exception cref="InvalidOperationException">Another trainer of this network is alive.</exception>
    /// <exception cref="ArgumentException">The loss does not fit the network's last layer.</exception>
    ITrainer CreateTrainer(Optimizer optimizer, Loss loss, TrainerOptions? options = null);

    /// <summary>Makes a predictor: a frozen, folded and packed copy of the parameters as they are now.</summary>
    /// <param name="options">Batch size and threads. Default: one input at a time on one thread.</param>
    /// <returns>A predictor, which later training does not change.</returns>
    IPredictor CreatePredictor(PredictorOptions? options = null);

    /// <summary>
    /// Writes the parameters as a safetensors file: to a temporary file first, flushed, then renamed, so that a crash leaves an old file whole.
    /// </summary>
    /// <param name="path">The file to write.</param>
    void Save(string path);

    /// <summary>Writes the parameters in safetensors format.</summary>
    /// <param name="stream">A writable stream, left open.</param>
    void Save(Stream stream);

    /// <summary>
    /// Takes from a safetensors file the tensors that fit by name and shape, and leaves all other parameters as they are: the body of another network, say.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="rename">From a name in the file to one of this network, or to null for a tensor that is left out. Default: names stay as they are.</param>
    /// <returns>What was taken, and what was not.</returns>
    /// <exception cref="WeightsException">The file is damaged, or a number that would be taken is not finite; nothing has changed.</exception>
    LoadReport LoadMatching(string path, Func<string, string?>? rename = null);

    /// <summary>Takes from a stream the tensors that fit by name and shape, and leaves all other parameters as they are.</summary>
    /// <param name="stream">In safetensors format, left open.</param>
    /// <param name="rename">
    /// From a name in the stream to one of this network, or to null for a tensor that is left out. Default: names stay as they are.
    /// </param>
    /// <returns>What was taken, and what was not.</returns>
    /// <exception cref="WeightsException">The stream is damaged, or a number that would be taken is not finite; nothing has changed.</exception>
    LoadReport LoadMatching(Stream stream, Func<string, string?>? rename = null);
}

/// <summary>A network type that can be created and loaded generically.</summary>
/// <typeparam name="TSelf">The network class itself.</typeparam>
public interface INetwork<TSelf> : INetwork
    where TSelf : INetwork<TSelf>
{
    /// <summary>Creates a network with PyTorch's default initialisation.</summary>
    /// <param name="seed">The same seed gives the same parameters.</param>
    /// <returns>A new network.</returns>
    static abstract TSelf Create(int seed);

    /// <summary>Creates a network with the parameters of a safetensors stream.</summary>
    /// <param name="stream">A readable stream, left open.</param>
    /// <returns>A new network.</returns>
    /// <exception cref="WeightsException">The stream is damaged, or its tensors are not those of this network.</exception>
    static abstract TSelf Load(Stream stream);
}
