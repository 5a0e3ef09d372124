using Cnn.CompilerServices;

namespace Cnn;

/// <summary>What training minimises. Each is the mean, as in PyTorch, over the weights where there are some.</summary>
/// <remarks>
/// Not to be derived from: a loss of one's own is a <see cref="Custom"/>, or what one does between a trainer's <c>Forward</c> and <c>Backward</c>. A batch in
/// which nothing
/// counts, because all labels are ignored or all weights are 0, has a loss of 0 and gradients of 0.
/// </remarks>
public abstract class Loss
{
    private protected Loss()
    {
    }

    /// <summary>Whether it is evaluated against class labels; otherwise against target values in the shape of the output.</summary>
    internal abstract bool TakesLabels { get; }

    /// <summary>Whether a loss of labels also takes a probability for each class.</summary>
    internal virtual bool TakesProbabilities => false;

    /// <summary>The factory's name, for messages.</summary>
    internal abstract string Name { get; }

    /// <summary>What it is multiplied by.</summary>
    internal virtual double Factor => 1;

    /// <summary>The loss that is multiplied.</summary>
    internal virtual Loss Inner => this;

    /// <summary>The label that does not count, if there is one.</summary>
    internal virtual int? IgnoredLabel => null;

    /// <summary>Whether a softmax before it would be a second one.</summary>
    internal virtual bool ContainsSoftmax => false;

    /// <summary>Whether a sigmoid before it would be a second one.</summary>
    internal virtual bool ContainsSigmoid => false;

    /// <summary>A loss times a factor: how much a task counts among several.</summary>
    /// <param name="factor">Finite.</param>
    /// <param name="loss">The loss.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> is not finite.</exception>
    public static Loss operator *(float factor, Loss loss) => Multiply(factor, loss);

    /// <inheritdoc cref="op_Multiply(float, Loss)"/>
    public static Loss Multiply(float factor, Loss loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (!float.IsFinite(factor))
            throw new ArgumentOutOfRangeException(nameof(factor), FormattableString.Invariant($"factor is {factor}: give a finite number."));
        return loss.Times(factor);
    }

    /// <summary>The sum of a loss for each output of the network.</summary>
    /// <param name="losses">In the order of the outputs; null for an output that is not trained.</param>
    /// <returns>A loss for trainers of networks with as many outputs.</returns>
    /// <exception cref="ArgumentException">There is none, or one of them is such a sum itself.</exception>
    public static Loss Each(params Loss?[] losses)
    {
        ArgumentNullException.ThrowIfNull(losses);
        if (losses.All(static loss => loss is null))
            throw new ArgumentException("Each needs a loss for at least one output.", nameof(losses));
        if (losses.Any(static loss => loss is EachLoss))
            throw new ArgumentException("Each takes one loss for each output, and one of these is an Each itself: list all losses in one.", nameof(losses));
        return new EachLoss([.. losses]);
    }

    /// <summary>A loss of one's own: a function that returns the mean loss of a batch and writes its gradients.</summary>
    /// <param name="name">What messages and checkpoints call it.</param>
    /// <param name="function">
    /// Called once a micro-batch, which is the whole batch unless <see cref="TrainerOptions.MicroBatch"/> is set, on one thread. An exception of it comes
    /// out of the step, which has then changed nothing but running statistics.
    /// </param>
    /// <returns>A loss that takes target values, as many an image as its function expects.</returns>
    public static Loss Custom(string name, LossFunction function)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(function);
        return new CustomLoss(name, function);
    }

    /// <summary>The factory's name, and the settings that a checkpoint must fit.</summary>
    public override string ToString() => Name;

    /// <summary>Cross-entropy between the softmax of the outputs over the channels and class labels; the mean over all labels that count.</summary>
    /// <remarks>
    /// For logits x over K classes and the label y: (1-ε)(log Σ exp xⱼ - x_y) + ε/K Σᵢ (log Σ exp xⱼ - xᵢ), each term times its class'
    /// weight; the mean is the sum over the sum of the labels' weights. Takes the logits themselves: no softmax belongs before it. In the place of labels it
    /// takes target values too, a probability t for each class, as mixed images have them: Σ tᵢ (log Σ exp xⱼ - xᵢ), the mean over the positions. This is
    /// PyTorch's <c>CrossEntropyLoss</c>.
    /// </remarks>
    /// <param name="labelSmoothing">ε, the probability spread over all classes. Default 0; at least 0, below 1.</param>
    /// <param name="weight">One weight a class, finite and not negative, for classes that are rare. Default: 1 for each.</param>
    /// <param name="ignoreIndex">A label that does not count, in or outside of the classes. Default: none.</param>
    /// <returns>
    /// A loss that takes one label an image, or one a position where the output has spatial axes; or values in the shape of the output.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Loss CrossEntropy(float labelSmoothing = 0, float[]? weight = null, int? ignoreIndex = null)
    {
        if (labelSmoothing is >= 0 and < 1)
            return new CrossEntropyLoss(labelSmoothing, Checked(weight), ignoreIndex);
        throw new ArgumentOutOfRangeException(
            nameof(labelSmoothing),
            FormattableString.Invariant($"labelSmoothing is {labelSmoothing}: give a number of at least 0 and below 1."));
    }

    /// <summary>
    /// The mean of -x_y over all labels y that count, of log probabilities x, as a network gives them that ends in <c>LogSoftmax</c>. This is PyTorch's
    /// <c>NLLLoss</c>.
    /// </summary>
    /// <param name="weight">One weight a class, finite and not negative. Default: 1 for each.</param>
    /// <param name="ignoreIndex">A label that does not count. Default: none.</param>
    /// <returns>A loss that takes one label an image, or one a position where the output has spatial axes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    public static Loss NegativeLogLikelihood(float[]? weight = null, int? ignoreIndex = null) => new NegativeLogLikelihoodLoss(Checked(weight), ignoreIndex);

    /// <summary>
    /// The mean over images and positions of Σ t (log t - x) over the channels, of log probabilities x, as a network gives them that ends in
    /// <c>LogSoftmax</c>, and target
    /// probabilities t: the divergence of Kullback and Leibler. Of vectors this is PyTorch's <c>KLDivLoss(reduction="batchmean")</c>.
    /// </summary>
    /// <returns>A loss that takes target values, none of them negative.</returns>
    public static Loss KLDivergence() => new KLDivergenceLoss();

    /// <summary>
    /// The mean over images and positions of 1 - cos(output, target), the vectors being those over the channels. This is PyTorch's <c>CosineEmbeddingLoss</c>
    /// of pairs that
    /// belong together (its y is 1).
    /// </summary>
    /// <returns>A loss that takes target values.</returns>
    public static Loss CosineEmbedding() => new CosineEmbeddingLoss();

    /// <summary>
    /// The mean over images and channels of 1 - (2 Σ pt + s) / (Σ p + Σ t + s) over the positions, where p is the sigmoid of an output and t its
    /// target in [0, 1]: how much two masks overlap, however small they are. Takes the logits themselves: no sigmoid belongs before it. Source:
    /// Milletari et al., arXiv 1606.04797, without squares.
    /// </summary>
    /// <param name="smoothing">s, which gives an empty mask a slope. Default 1; positive, finite.</param>
    /// <returns>A loss that takes target values.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="smoothing"/> is not positive or not finite.</exception>
    public static Loss Dice(float smoothing = 1) => new DiceLoss(Positive(smoothing, nameof(smoothing)));

    /// <summary>
    /// The mean over all outputs of the binary cross-entropy times α₍t₎(1 - p₍t₎)^γ, where p₍t₎ is the probability given to what is
    /// right: what is easy counts little. Takes the logits themselves: no sigmoid belongs before it. This is torchvision's <c>sigmoid_focal_loss</c>.
    /// Source: Lin et al., arXiv 1708.02002.
    /// </summary>
    /// <param name="gamma">γ. Default 2; not negative, finite.</param>
    /// <param name="alpha">α, the weight of a target of 1, that of 0 being 1 - α. Default 0.25; from 0 to 1, or null for none.</param>
    /// <returns>A loss that takes target values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static Loss Focal(float gamma = 2, float? alpha = 0.25f)
    {
        if (!(gamma >= 0) || !float.IsFinite(gamma))
            throw new ArgumentOutOfRangeException(nameof(gamma), FormattableString.Invariant($"gamma is {gamma}: give a finite number of at least 0."));
        if (alpha is not (null or (>= 0 and <= 1)))
            throw new ArgumentOutOfRangeException(nameof(alpha), FormattableString.Invariant($"alpha is {alpha}: give a number from 0 to 1, or null."));
        return new ElementLoss<FocalError>(new FocalError(gamma, alpha));
    }

    /// <summary>The mean over all outputs of (output - target)². This is PyTorch's <c>MSELoss</c>.</summary>
    /// <returns>A loss that takes target values.</returns>
    public static Loss MeanSquaredError() => new ElementLoss<SquaredError>(default);

    /// <summary>The mean over all outputs of |output - target|; its gradient is 0 where they are equal. This is PyTorch's <c>L1Loss</c>.</summary>
    /// <returns>A loss that takes target values.</returns>
    public static Loss MeanAbsoluteError() => new ElementLoss<AbsoluteError>(default);

    /// <summary>
    /// The mean over all outputs of ½d² where the difference d is at most δ, and δ(|d| - ½δ) beyond: an outlier pulls no harder than δ. This
    /// is PyTorch's
    /// <c>HuberLoss</c>.
    /// </summary>
    /// <param name="delta">δ, in units of the output. Default 1; positive, finite.</param>
    /// <returns>A loss that takes target values.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delta"/> is not positive or not finite.</exception>
    public static Loss Huber(float delta = 1) => new ElementLoss<HuberError>(new HuberError(Positive(delta, nameof(delta))));

    /// <summary>
    /// The mean over all outputs x with targets t in [0, 1] of -t log σ(x) - (1-t) log(1-σ(x)), where σ is the logistic sigmoid. Takes the logits
    /// themselves: no sigmoid belongs before it. This is PyTorch's <c>BCEWithLogitsLoss</c>.
    /// </summary>
    /// <returns>A loss that takes target values.</returns>
    public static Loss BinaryCrossEntropy() => new ElementLoss<LogisticError>(default);

    /// <summary>Refuses labels that are no classes.</summary>
    /// <param name="labels">One label an image and position, the positions of one image together.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="positions">Labels an image.</param>
    /// <param name="ignored">A label that is none and does not count.</param>
    /// <param name="output">The output's name, where there are several.</param>
    /// <exception cref="ArgumentException">A label is below 0 or not below <paramref name="classes"/>; the message names the first.</exception>
    internal static void CheckLabels(ReadOnlySpan<int> labels, int classes, int positions, int? ignored = null, string? output = null)
    {
        int index = labels.IndexOfAnyExceptInRange(0, classes - 1);
        while (index >= 0 && labels[index] == ignored)
        {
            int next = labels[(index + 1)..].IndexOfAnyExceptInRange(0, classes - 1);
            index = next < 0 ? next : index + 1 + next;
        }

        if (index < 0)
            return;
        string of = output is null ? string.Empty : $" of '{output}'";
        string place = positions == 1
            ? FormattableString.Invariant($"The label{of} of image {index}")
            : FormattableString.Invariant($"The label{of} of image {index / positions}, position {index % positions} (index {index})");
        string besides = ignored is null ? string.Empty : FormattableString.Invariant($", or {ignored} for what does not count");
        throw new ArgumentException(
            FormattableString.Invariant($"{place} is {labels[index]}: labels go from 0 to {classes - 1}, one for each output of the network{besides}."),
            nameof(labels));
    }

    /// <summary>The sums of some images' losses, and the gradient of the mean loss with respect to their outputs.</summary>
    /// <remarks>Images do not touch each other: any division of them into calls gives the same bits.</remarks>
    /// <param name="pass">Outputs, targets and where the gradients go; only those of the given images are written.</param>
    /// <param name="fromImage">The first image to do.</param>
    /// <param name="toImage">The image behind the last.</param>
    /// <param name="perImage">Receives the sum of each image done, at the image's index.</param>
    internal virtual void EvaluateImages(in LossPass pass, int fromImage, int toImage, Span<double> perImage) =>
        throw new InvalidOperationException($"{Name} is not evaluated image by image.");

    /// <summary>How many terms, or how much weight, the mean is taken over.</summary>
    /// <param name="batch">The extents.</param>
    /// <param name="labels">The labels of all images, of a loss that takes them.</param>
    /// <param name="weights">One an image or one a position; empty where all weigh 1.</param>
    internal abstract double Terms(LossBatch batch, ReadOnlySpan<int> labels, ReadOnlySpan<float> weights);

    /// <summary>This loss times a number.</summary>
    internal virtual Loss Times(float more) => new ScaledLoss(more, this);

    /// <summary>Refuses settings that do not fit an output.</summary>
    /// <param name="channels">The output's channels.</param>
    /// <param name="output">Its name.</param>
    internal virtual void CheckChannels(int channels, string output)
    {
    }

    /// <summary>Refuses a number of weights.</summary>
    /// <param name="count">How many came.</param>
    /// <param name="batch">The extents.</param>
    /// <param name="parameter">What the caller's argument is called.</param>
    internal virtual void CheckWeights(int count, LossBatch batch, string parameter)
    {
        if (count != 0 && count != batch.Images && count != batch.Images * batch.Positions)
        {
            string maps = batch.Positions == 1 ? string.Empty : FormattableString.Invariant($", or {batch.Images * batch.Positions}, one for each position");
            throw new ArgumentException(
                FormattableString.Invariant($"{count} weights were given; expected are {batch.Images}, one for each image{maps}."), parameter);
        }
    }

    /// <summary>Refuses to be evaluated against labels.</summary>
    /// <exception cref="ArgumentException">The loss takes target values.</exception>
    internal void CheckTakesLabels()
    {
        if (!TakesLabels)
            throw new ArgumentException(
                $"{Name} compares outputs with target values and was given labels: pass one float an output, or use Loss.CrossEntropy().");
    }

    /// <summary>Refuses to be evaluated against target values.</summary>
    /// <exception cref="ArgumentException">The loss takes labels.</exception>
    internal void CheckTakesTargets()
    {
        if (TakesLabels)
            throw new ArgumentException(
                $"{Name} takes class labels and was given target values: pass one int an image (or position), or use Loss.MeanSquaredError().");
    }

    /// <summary>The weight of all positions of all images.</summary>
    private protected static double WeightSum(LossBatch batch, ReadOnlySpan<float> weights)
    {
        if (weights.IsEmpty)
            return (double)batch.Images * batch.Positions;
        double sum = 0;
        foreach (float weight in weights)
            sum += weight;
        return weights.Length == batch.Images ? sum * batch.Positions : sum;
    }

    private static float Positive(float value, string name)
    {
        if (value > 0 && float.IsFinite(value))
            return value;
        throw new ArgumentOutOfRangeException(name, FormattableString.Invariant($"{name} is {value}: give a finite number above 0."));
    }

    private static float[]? Checked(float[]? weight)
    {
        if (weight is null)
            return null;
        foreach (float value in weight)
        {
            if (!(value >= 0) || !float.IsFinite(value))
                throw new ArgumentOutOfRangeException(nameof(weight),
                    FormattableString.Invariant($"A class weight is {value}: give finite numbers of at least 0."));
        }

        return [.. weight];
    }
}
