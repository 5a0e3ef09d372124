using System.Runtime.CompilerServices;
using Cnn.CompilerServices;

namespace Cnn;

/// <summary>LAMB: Adam whose steps are as long, relative to each parameter tensor, as the learning rate says; for large batches.</summary>
/// <remarks>
/// In step t, with decay λ and learning rate η, for each parameter tensor: m ← β₁m + (1-β₁)g; v ← β₂v + (1-β₂)g²; u =
/// m/(1-β₁ᵗ) / (√(v/(1-β₂ᵗ)) + ε) + λw; w ← w - η · |w|/|u| · u, where a ratio with a norm of 0 is 1. Norms are summed in double
/// in a fixed order, so that they are the same for any number of threads. Source: You et al., arXiv 1904.00962, algorithm 2 with φ(z) = z.
/// </remarks>
/// <param name="learningRate">The step size. Not negative, finite.</param>
public sealed class Lamb(float learningRate) : Optimizer(learningRate)
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

    /// <summary>Added to the root, so that nothing is divided by 0. Default 1e-6. Positive, finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive or not finite.</exception>
    public float Epsilon
    {
        get;
        init => field = Positive(value, nameof(Epsilon));
    } = 1e-6f;

    /// <summary>λ, which pulls the parameters to 0. Default 0.01. Not negative, finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float WeightDecay
    {
        get;
        init => field = NotNegative(value, nameof(WeightDecay));
    } = 0.01f;

    internal override int StateCount => 2;

    internal override float Decay => WeightDecay;

    internal override bool UsesNorms => true;

    internal override string Identity => Describe($"lamb beta1={Beta1} beta2={Beta2} epsilon={Epsilon} weight_decay={WeightDecay}");

    internal override string StateName(int index) => index == 0 ? "exp_avg" : "exp_avg_sq";

    internal override Norms Prepare(ref float w, ref float g, ref float states, nint stride, nint count, in UpdateStep step)
    {
        ref float squares = ref Unsafe.Add(ref states, stride);
        UpdateKernel.Run(new LambMoments(_beta1, _beta2), ref w, ref g, ref states, ref squares, count);
        return Direction(step).SumSquares(ref w, ref states, ref squares, count);
    }

    internal override void Update(ref float w, ref float g, ref float states, nint stride, nint count, in UpdateStep step) =>
        UpdateKernel.Run(Direction(step), ref w, ref g, ref states, ref Unsafe.Add(ref states, stride), count);

    private LambUpdate Direction(in UpdateStep step) => new(step.LearningRate, _beta1, _beta2, Epsilon, step.WeightDecay, step.Number);
}
