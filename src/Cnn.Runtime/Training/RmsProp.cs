using System.Runtime.CompilerServices;
using Cnn.CompilerServices;

namespace Cnn;

/// <summary>RMSProp: steps scaled by a running mean of the squared gradient.</summary>
/// <remarks>
/// With decay λ, momentum μ and learning rate η: g ← g + λw; v ← αv + (1-α)g²; w ← w - η · g/(√v + ε), or with momentum b ← μb +
/// g/(√v + ε); w ← w - ηb. This is PyTorch's <c>torch.optim.RMSprop</c>, not centred. Source: Tieleman and Hinton, Coursera lecture 6.5, 2012.
/// </remarks>
/// <param name="learningRate">The step size. Not negative, finite.</param>
public sealed class RmsProp(float learningRate) : Optimizer(learningRate)
{
    private readonly double _alpha = 0.99;

    /// <summary>The decay of the mean of the squared gradients. Default 0.99. At least 0, below 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside the range.</exception>
    public float Alpha
    {
        get => (float)_alpha;
        init => _alpha = AsWritten(Fraction(value, nameof(Alpha)));
    }

    /// <summary>Added to the root, so that nothing is divided by 0. Default 1e-8. Positive, finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive or not finite.</exception>
    public float Epsilon
    {
        get;
        init => field = Positive(value, nameof(Epsilon));
    } = 1e-8f;

    /// <summary>The factor of the parameters that is added to their gradient (an L2 penalty). Default 0. Not negative, finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float WeightDecay
    {
        get;
        init => field = NotNegative(value, nameof(WeightDecay));
    }

    /// <summary>How much of the last update is kept. Default 0. Not negative, finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float Momentum
    {
        get;
        init => field = NotNegative(value, nameof(Momentum));
    }

    internal override int StateCount => Momentum == 0 ? 1 : 2;

    internal override float Decay => WeightDecay;

    internal override string Identity => Describe($"rmsprop alpha={Alpha} epsilon={Epsilon} weight_decay={WeightDecay} momentum={Momentum}");

    internal override string StateName(int index) => index == 0 ? "square_avg" : "momentum_buffer";

    internal override void Update(ref float w, ref float g, ref float states, nint stride, nint count, in UpdateStep step)
    {
        ref float state1 = ref Unsafe.Add(ref states, stride);
        RmsPropUpdate update = new(step.LearningRate, _alpha, Epsilon, step.WeightDecay, Momentum);
        UpdateKernel.Run(update, ref w, ref g, ref states, ref state1, count);
    }
}
