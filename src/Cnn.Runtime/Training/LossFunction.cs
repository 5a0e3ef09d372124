namespace Cnn;

/// <summary>A loss of one's own, for <see cref="Loss.Custom"/>.</summary>
/// <param name="outputs">The outputs of a micro-batch, image after image, as a trainer's <c>Outputs</c> shows them.</param>
/// <param name="targets">The targets of the micro-batch, as they were passed.</param>
/// <param name="gradients">To be written, all of them: the derivative of the result by each of <paramref name="outputs"/>. Zeros before the call.</param>
/// <returns>The mean loss.</returns>
public delegate float LossFunction(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradients);
