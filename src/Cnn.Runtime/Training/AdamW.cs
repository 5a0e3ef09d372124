using System.Runtime.CompilerServices;
using Cnn.CompilerServices;

namespace Cnn;

/// <summary>Adam with decoupled weight decay: the parameters shrink by themselves, not through the gradient.</summary>
/// <remarks>
/// In step t, with decay λ and learning rate η: w ← w - ηλw; m ← β₁m + (1-β₁)g; v ← β₂v + (1-β₂)g²; w ← w - η ·
/// m/(1-β₁ᵗ) / (√(v/(1-β₂ᵗ)) + ε). This is PyTorch's <c>torch.optim.AdamW</c>. Source: Loshchilov and Hutter, arXiv 1711.05101.
/// </remarks>
/// <param name="learningRate">The step size. Not negative, finite.</param>
public sealed class AdamW(float learningRate) : Optimizer(learningRate)
{
    private readonly double _beta1 = 0.9;
    private readonly double _beta2 = 0.999;

    /// <summary>The decay of the mean of the gradients. Default 0.9. At least 0, below 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside the range.</exception>
    public float Beta1
    {
        get => (float)_beta1;
        init => _beta1 = AsWritten(Fraction(value, nameof(Beta1)));
    }

    /// <summary>The decay of the mean of their squares. Default 0.999. At least 0, below 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside the range.</exception>
    public float Beta2
    {
        get => (float)_beta2;
        init => _beta2 = AsWritten(Fraction(value, nameof(Beta2)));
    }

    /// <summary>Added to the root, so that nothing is divided by 0. Default 1e-8. Positive, finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive or not finite.</exception>
    public float Epsilon
    {
        get;
        init => field = Positive(value, nameof(Epsilon));
    } = 1e-8f;

    /// <summary>How fast the parameters shrink, times the learning rate. Default 0.01. Not negative, finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float WeightDecay
    {
        get;
        init => field = NotNegative(value, nameof(WeightDecay));
    } = 0.01f;

    internal override int StateCount => 2;

    internal override float Decay => WeightDecay;

    internal override string Identity => Describe($"adamw beta1={Beta1} beta2={Beta2} epsilon={Epsilon} weight_decay={WeightDecay}");

    internal override string StateName(int index) => index == 0 ? "exp_avg" : "exp_avg_sq";

    internal override void Update(ref float w, ref float g, ref float states, nint stride, nint count, in UpdateStep step)
    {
        ref float state1 = ref Unsafe.Add(ref states, stride);
        AdamUpdate update = new(step.LearningRate, _beta1, _beta2, Epsilon, step.Number) { Shrinkage = step.LearningRate * step.WeightDecay };
        UpdateKernel.Run(update, ref w, ref g, ref states, ref state1, count);
    }
}
