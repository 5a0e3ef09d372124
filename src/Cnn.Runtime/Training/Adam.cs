using System.Runtime.CompilerServices;
using Cnn.CompilerServices;

namespace Cnn;

/// <summary>Adam: steps scaled by running means of the gradient and of its square.</summary>
/// <remarks>
/// In step t, with decay λ and learning rate η: g ← g + λw; m ← β₁m + (1-β₁)g; v ← β₂v + (1-β₂)g²; w ← w - η ·
/// m/(1-β₁ᵗ) / (√(v/(1-β₂ᵗ)) + ε). This is PyTorch's <c>torch.optim.Adam</c>. Source: Kingma and Ba, arXiv 1412.6980.
/// </remarks>
/// <param name="learningRate">The step size. Not negative, finite.</param>
public sealed class Adam(float learningRate) : Optimizer(learningRate)
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

    /// <summary>The factor of the parameters that is added to their gradient (an L2 penalty). Default 0. Not negative, finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float WeightDecay
    {
        get;
        init => field = NotNegative(value, nameof(WeightDecay));
    }

    internal override int StateCount => 2;

    internal override float Decay => WeightDecay;

    internal override string Identity => Describe($"adam beta1={Beta1} beta2={Beta2} epsilon={Epsilon} weight_decay={WeightDecay}");

    internal override string StateName(int index) => index == 0 ? "exp_avg" : "exp_avg_sq";

    internal override void Update(ref float w, ref float g, ref float states, nint stride, nint count, in UpdateStep step)
    {
        ref float state1 = ref Unsafe.Add(ref states, stride);
        AdamUpdate update = new(step.LearningRate, _beta1, _beta2, Epsilon, step.Number) { Penalty = step.WeightDecay };
        UpdateKernel.Run(update, ref w, ref g, ref states, ref state1, count);
    }
}
