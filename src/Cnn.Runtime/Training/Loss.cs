using Cnn.CompilerServices;

namespace Cnn;

/// <summary>What training minimises. Each is the mean, as in PyTorch.</summary>
public abstract class Loss
{
    private protected Loss()
    {
    }

    /// <summary>Whether it is evaluated against class labels; otherwise against target values in the shape of the output.</summary>
    internal abstract bool TakesLabels { get; }

    /// <summary>The factory's name, for messages.</summary>
    internal abstract string Name { get; }

    /// <summary>The factory's name; of cross-entropy the label smoothing too, which a checkpoint must fit.</summary>
    public override string ToString() => Name;

    /// <summary>Cross-entropy between the softmax of the outputs over the channels and class labels; the mean over all labels.</summary>
    /// <remarks>
    /// For logits x over K classes and the label y: (1-ε)(log Σ exp xⱼ - x_y) + ε/K Σᵢ (log Σ exp xⱼ - xᵢ). Takes the logits themselves: no softmax belongs
    /// before it. This is PyTorch's <c>CrossEntropyLoss</c>.
    /// </remarks>
    /// <param name="labelSmoothing">ε, the probability spread over all classes. Default 0; at least 0, below 1.</param>
    /// <returns>A loss that takes one label an image, or one a position where the output has spatial axes.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="labelSmoothing"/> is outside the range.</exception>
    public static Loss CrossEntropy(float labelSmoothing = 0)
    {
        if (labelSmoothing is >= 0 and < 1)
            return new CrossEntropyLoss(labelSmoothing);
        throw new ArgumentOutOfRangeException(
            nameof(labelSmoothing),
            FormattableString.Invariant($"labelSmoothing is {labelSmoothing}: give a number of at least 0 and below 1."));
    }

    /// <summary>The mean over all outputs of (output - target)². This is PyTorch's <c>MSELoss</c>.</summary>
    /// <returns>A loss that takes target values.</returns>
    public static Loss MeanSquaredError() => new ElementLoss<SquaredError>(default);

    /// <summary>The mean over all outputs of |output - target|; its gradient is 0 where they are equal. This is PyTorch's <c>L1Loss</c>.</summary>
    /// <returns>A loss that takes target values.</returns>
    public static Loss MeanAbsoluteError() => new ElementLoss<AbsoluteError>(default);

    /// <summary>
    /// The mean over all outputs of ½d² where the difference d is at most δ, and δ(|d| - ½δ) beyond: an outlier pulls no harder than δ. This is PyTorch's
    /// <c>HuberLoss</c>.
    /// </summary>
    /// <param name="delta">δ, in units of the output. Default 1; positive, finite.</param>
    /// <returns>A loss that takes target values.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delta"/> is not positive or not finite.</exception>
    public static Loss Huber(float delta = 1)
    {
        if (delta > 0 && float.IsFinite(delta))
            return new ElementLoss<HuberError>(new HuberError(delta));
        throw new ArgumentOutOfRangeException(
            nameof(delta), FormattableString.Invariant($"delta is {delta}: give a finite number above 0."));
    }

    /// <summary>
    /// The mean over all outputs x with targets t in [0, 1] of -t log σ(x) - (1-t) log(1-σ(x)), where σ is the logistic sigmoid. Takes the logits themselves:
    /// no sigmoid belongs before it. This is PyTorch's <c>BCEWithLogitsLoss</c>.
    /// </summary>
    /// <returns>A loss that takes target values.</returns>
    public static Loss BinaryCrossEntropy() => new ElementLoss<LogisticError>(default);

    /// <summary>Refuses labels that are no classes.</summary>
    /// <param name="labels">One label an image and position, the positions of one image together.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="positions">Labels an image.</param>
    /// <exception cref="ArgumentException">A label is below 0 or not below <paramref name="classes"/>; the message names the first.</exception>
    internal static void CheckLabels(ReadOnlySpan<int> labels, int classes, int positions)
    {
        int index = labels.IndexOfAnyExceptInRange(0, classes - 1);
        if (index < 0)
            return;
        string place = positions == 1
            ? FormattableString.Invariant($"The label of image {index}")
            : FormattableString.Invariant($"The label of image {index / positions}, position {index % positions} (index {index})");
        throw new ArgumentException(
            FormattableString.Invariant($"{place} is {labels[index]}: labels go from 0 to {classes - 1}, one for each output of the network."),
            nameof(labels));
    }

    /// <summary>The sums of some images' losses, and the gradient of the mean loss with respect to their outputs.</summary>
    /// <remarks>Images do not touch each other: any division of them into calls gives the same bits.</remarks>
    /// <param name="outputs">The outputs of all images [images, channels, positions].</param>
    /// <param name="labels">The labels of all images [images, positions], checked.</param>
    /// <param name="gradient">Receives the gradient [images, channels, positions]; only that of the given images is written.</param>
    /// <param name="batch">The extents.</param>
    /// <param name="fromImage">The first image to do.</param>
    /// <param name="toImage">The image behind the last.</param>
    /// <param name="perImage">Receives the sum of each image done, at the image's index; see <see cref="Mean"/>.</param>
    /// <exception cref="ArgumentException">The loss takes target values.</exception>
    internal virtual void EvaluateImages(
        ReadOnlySpan<float> outputs, ReadOnlySpan<int> labels, Span<float> gradient, LossBatch batch, int fromImage, int toImage, Span<double> perImage) =>
        CheckTakesLabels();

    /// <inheritdoc cref="EvaluateImages(ReadOnlySpan{float}, ReadOnlySpan{int}, Span{float}, LossBatch, int, int, Span{double})"/>
    /// <param name="outputs">The outputs of all images [images, channels, positions].</param>
    /// <param name="targets">The targets of all images, in the shape of the outputs.</param>
    /// <param name="gradient">Receives the gradient [images, channels, positions]; only that of the given images is written.</param>
    /// <param name="batch">The extents.</param>
    /// <param name="fromImage">The first image to do.</param>
    /// <param name="toImage">The image behind the last.</param>
    /// <param name="perImage">Receives the sum of each image done, at the image's index; see <see cref="Mean"/>.</param>
    /// <exception cref="ArgumentException">The loss takes labels.</exception>
    internal virtual void EvaluateImages(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient, LossBatch batch, int fromImage, int toImage, Span<double> perImage) =>
        CheckTakesTargets();

    /// <summary>The mean loss of a batch from its images' sums, added in the order of the images.</summary>
    /// <param name="perImage">One sum an image.</param>
    /// <param name="batch">The extents.</param>
    internal double Mean(ReadOnlySpan<double> perImage, LossBatch batch)
    {
        double sum = 0;
        foreach (double image in perImage[..batch.Images])
            sum += image;
        return sum / Terms(batch);
    }

    /// <summary>Refuses to be evaluated against labels.</summary>
    /// <exception cref="ArgumentException">The loss takes target values.</exception>
    internal void CheckTakesLabels()
    {
        if (!TakesLabels)
            throw new ArgumentException($"{Name} compares outputs with target values and was given labels: pass one float an output, or use Loss.CrossEntropy().");
    }

    /// <summary>Refuses to be evaluated against target values.</summary>
    /// <exception cref="ArgumentException">The loss takes labels.</exception>
    internal void CheckTakesTargets()
    {
        if (TakesLabels)
            throw new ArgumentException($"{Name} takes class labels and was given target values: pass one int an image (or position), or use Loss.MeanSquaredError().");
    }

    /// <summary>How many terms the mean is taken over.</summary>
    private protected abstract double Terms(LossBatch batch);
}
