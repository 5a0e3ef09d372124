namespace Cnn;

/// <summary>Trains a network: owns the activations and gradients of one batch, and works on the network's parameters.</summary>
/// <remarks>
/// Inputs are batch first, channels next (NCHW), however many there are up to <see cref="BatchSize"/>. Nothing is allocated
/// after the first call. One thread at a time may use a trainer.
/// </remarks>
public interface ITrainer : IDisposable
{
    /// <summary>The most inputs that one step can take.</summary>
    int BatchSize { get; }

    /// <summary>Forward, backward and update on one batch with class labels.</summary>
    /// <param name="inputs">Any number of inputs up to <see cref="BatchSize"/>, one after the other.</param>
    /// <param name="labels">One class index an input, or one a position where the output has spatial axes.</param>
    /// <returns>The mean loss before the update.</returns>
    /// <exception cref="ArgumentException">A length does not fit, a label is no class, or an input is not finite; nothing has changed.</exception>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels);

    /// <summary>Forward, backward and update on one batch with target values.</summary>
    /// <param name="inputs">Any number of inputs up to <see cref="BatchSize"/>, one after the other.</param>
    /// <param name="targets">As many outputs as inputs, in the shape of the output.</param>
    /// <returns>The mean loss before the update.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or an input or a target is not finite; nothing has changed.</exception>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets);

    /// <summary>As <see cref="Step(ReadOnlySpan{float}, ReadOnlySpan{int})"/> without the update; overwrites the gradients.</summary>
    /// <param name="inputs">Any number of inputs up to <see cref="BatchSize"/>.</param>
    /// <param name="labels">One class index an input, or one a position.</param>
    /// <returns>The mean loss.</returns>
    float ForwardBackward(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels);

    /// <summary>As <see cref="Step(ReadOnlySpan{float}, ReadOnlySpan{float})"/> without the update; overwrites the gradients.</summary>
    /// <param name="inputs">Any number of inputs up to <see cref="BatchSize"/>.</param>
    /// <param name="targets">As many outputs as inputs.</param>
    /// <returns>The mean loss.</returns>
    float ForwardBackward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets);

    /// <summary>Forward, backward and update on one batch with a target for each output.</summary>
    /// <param name="inputs">Any number of images up to <see cref="BatchSize"/>; of several inputs, one after the other, each with all images.</param>
    /// <param name="targets">As many as the network has outputs, in their order; an output without one has no loss and no gradient.</param>
    /// <returns>The loss before the update: the sum over the outputs.</returns>
    /// <exception cref="ArgumentException">A length or a kind does not fit, a label is no class, or a number is not finite; nothing has changed.</exception>
    /// <exception cref="ObjectDisposedException">The trainer is disposed.</exception>
    float Step(ReadOnlySpan<float> inputs, TargetSet targets);

    /// <summary>As <see cref="Step(ReadOnlySpan{float}, TargetSet)"/> without the update; overwrites the gradients.</summary>
    /// <param name="inputs">Any number of images up to <see cref="BatchSize"/>.</param>
    /// <param name="targets">As many as the network has outputs, in their order.</param>
    /// <returns>The loss: the sum over the outputs.</returns>
    float ForwardBackward(ReadOnlySpan<float> inputs, TargetSet targets);

    /// <summary>A training pass forward, for a loss of one's own: computes <see cref="Outputs"/>, and sets <see cref="OutputGradients"/> to 0.</summary>
    /// <param name="inputs">Any number of images up to <see cref="BatchSize"/>.</param>
    /// <returns><see cref="Outputs"/>.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or an input is not finite; nothing has changed.</exception>
    ReadOnlySpan<float> Forward(ReadOnlySpan<float> inputs);

    /// <summary>
    /// The gradient of the loss with respect to each of <see cref="Outputs"/>: to be filled between <see cref="Forward"/> and <see cref="Backward"/>; after
    /// other passes, that of
    /// their loss.
    /// </summary>
    Span<float> OutputGradients { get; }

    /// <summary>
    /// The pass back from <see cref="OutputGradients"/>; overwrites <see cref="Gradients"/>, and <see cref="InputGradients"/> where they were asked for.
    /// <see cref="Update"/>
    /// then takes the step.
    /// </summary>
    /// <exception cref="InvalidOperationException">There was no <see cref="Forward"/> just before.</exception>
    void Backward();

    /// <summary>What each output contributed to the loss of the last pass that had one, in the order of the outputs.</summary>
    ReadOnlySpan<float> OutputLosses { get; }

    /// <summary>One step of the optimiser on the gradients as they stand.</summary>
    void Update();

    /// <summary>
    /// All gradients, contiguous, in the trainer's own layout: what an all-reduce sums. The layout is the same on every instruction set; padding is
    /// 0.
    /// </summary>
    Span<float> Gradients { get; }

    /// <summary>The gradient of one parameter in PyTorch's layout, valid until the next call.</summary>
    /// <param name="parameter">The parameter's name, such as <c>conv1.weight</c>.</param>
    /// <returns>The gradient of the mean loss.</returns>
    /// <exception cref="ArgumentException">There is no such trainable parameter.</exception>
    ReadOnlySpan<float> Gradient(string parameter);

    /// <summary>The outputs of the last forward pass, image after image; of several outputs, one after the other, each with all images.</summary>
    ReadOnlySpan<float> Outputs { get; }

    /// <summary>The gradient of the mean loss with respect to the inputs of the last pass.</summary>
    /// <exception cref="InvalidOperationException">The trainer was made without <see cref="TrainerOptions.InputGradients"/>.</exception>
    ReadOnlySpan<float> InputGradients { get; }

    /// <summary>Writes parameters, optimiser state, step and generators, so that training can be resumed exactly.</summary>
    /// <param name="stream">A writable stream, left open.</param>
    void SaveState(Stream stream);

    /// <summary>Restores what <see cref="SaveState"/> wrote. A damaged or foreign stream changes nothing.</summary>
    /// <param name="stream">A readable stream, left open.</param>
    /// <exception cref="WeightsException">The stream is damaged, or belongs to another network or optimiser.</exception>
    void LoadState(Stream stream);
}
