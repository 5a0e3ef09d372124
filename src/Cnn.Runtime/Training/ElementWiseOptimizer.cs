using System.Diagnostics.CodeAnalysis;

namespace Cnn;

/// <summary>An update rule of one's own, to be derived from: each parameter is updated from itself, its gradient and its states alone.</summary>
/// <remarks>
/// The threads of a trainer divide the parameters into blocks and call <see cref="Update(in UpdateBlock)"/> at the same time, each for blocks of its own, in
/// no order: so it may
/// keep nothing but the states, and must treat each element alike, whatever stands beside it. Then the bits do not depend on the number of threads. Trainers
/// keep, save and load
/// the states, and apply the groups and the choice of parameters of their options. A rule that needs sums over parameters, as <see cref="Lamb"/> does, is none
/// of these.
/// </remarks>
public abstract class ElementWiseOptimizer : Optimizer
{
    private readonly string _name;
    private readonly string[] _states;

    /// <summary>A rule and its states.</summary>
    /// <param name="learningRate">The step size. Not negative, finite.</param>
    /// <param name="name">What saved states call the rule.</param>
    /// <param name="states">A name for each float of state that a parameter needs.</param>
    /// <exception cref="ArgumentException">A name is empty, or there twice.</exception>
    [SuppressMessage(
        "ApiDesign",
        "RS0022:Constructor make noninheritable base class inheritable",
        Justification = "It is what the base class has for deriving; the rest of the base class is internal.")]
    protected ElementWiseOptimizer(float learningRate, string name, params string[] states)
        : base(learningRate)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(states);
        foreach (string state in states)
            ArgumentException.ThrowIfNullOrWhiteSpace(state, nameof(states));
        if (states.Distinct(StringComparer.Ordinal).Count() < states.Length)
            throw new ArgumentException($"The states of '{name}' are {string.Join(", ", states)}: give each a name of its own.", nameof(states));
        _name = name;
        _states = [.. states];
    }

    /// <summary>What <see cref="UpdateBlock.WeightDecay"/> is where no group says otherwise. Default 0. Not negative, finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float WeightDecay
    {
        get;
        init => field = NotNegative(value, nameof(WeightDecay));
    }

    /// <summary>The rule's settings without the learning rate, as <c>beta=0.9</c>: a saved state fits only where they are the same. Default: none.</summary>
    protected virtual string Settings => string.Empty;

    internal sealed override int StateCount => _states.Length;

    internal sealed override float Decay => WeightDecay;

    internal sealed override bool KeepsPadding => false;

    internal sealed override string Identity => Describe($"{_name} {Settings} weight_decay={WeightDecay}");

    internal sealed override string StateName(int index) => _states[index];

    internal sealed override void Update(ref float w, ref float g, ref float states, nint stride, nint count, in UpdateStep step) =>
        Update(new UpdateBlock(ref w, ref g, ref states, stride, _states.Length, (int)count, step));

    /// <summary>One step on some parameters.</summary>
    /// <param name="block">Parameters, gradients, states, and what the step is made with.</param>
    protected abstract void Update(in UpdateBlock block);
}
