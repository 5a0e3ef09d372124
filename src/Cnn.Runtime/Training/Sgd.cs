using System.Runtime.CompilerServices;
using Cnn.CompilerServices;

namespace Cnn;

/// <summary>Stochastic gradient descent, with momentum where asked for.</summary>
/// <remarks>
/// With decay λ, momentum μ and learning rate η: g ← g + λw; b ← μb + g (b is g in the first step); w ← w - ηb, or with Nesterov's momentum
/// w ← w - η(g + μb). This is PyTorch's <c>torch.optim.SGD</c> with a dampening of 0.
/// </remarks>
/// <param name="learningRate">The step size. Not negative, finite.</param>
public sealed class Sgd(float learningRate) : Optimizer(learningRate)
{
    /// <summary>How much of the last update is kept. Default 0. Not negative, finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float Momentum
    {
        get;
        init => field = NotNegative(value, nameof(Momentum));
    }

    /// <summary>The factor of the parameters that is added to their gradient (an L2 penalty). Default 0. Not negative, finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float WeightDecay
    {
        get;
        init => field = NotNegative(value, nameof(WeightDecay));
    }

    /// <summary>Whether the gradient is taken ahead of the momentum. Default false; needs a <see cref="Momentum"/>.</summary>
    public bool Nesterov { get; init; }

    internal override int StateCount => Momentum == 0 ? 0 : 1;

    internal override float Decay => WeightDecay;

    internal override string Identity => Describe($"sgd momentum={Momentum} weight_decay={WeightDecay} nesterov={(Nesterov ? "true" : "false")}");

    internal override string StateName(int index) => "momentum_buffer";

    internal override void CheckSettings()
    {
        if (Nesterov && Momentum == 0)
            throw new ArgumentException("Sgd has Nesterov = true and a Momentum of 0: set a Momentum such as 0.9, or leave Nesterov out.");
    }

    internal override void Update(ref float w, ref float g, ref float states, nint stride, nint count, in UpdateStep step)
    {
        ref float state1 = ref Unsafe.Add(ref states, stride);
        if (Momentum == 0)
            UpdateKernel.Run(new SgdUpdate(step.LearningRate, step.WeightDecay), ref w, ref g, ref states, ref state1, count);
        else
            UpdateKernel.Run(new SgdMomentumUpdate(step.LearningRate, step.WeightDecay, Momentum, Nesterov), ref w, ref g, ref states, ref state1, count);
    }
}
