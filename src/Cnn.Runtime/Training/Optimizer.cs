using System.Globalization;
using Cnn.CompilerServices;

namespace Cnn;

/// <summary>An update rule. Its settings are fixed except for the learning rate; its state belongs to the trainer that uses it.</summary>
/// <remarks>Not to be derived from: a rule of one's own is an <see cref="ElementWiseOptimizer"/>.</remarks>
public abstract class Optimizer
{
    private protected Optimizer(float learningRate) => LearningRate = learningRate;

    /// <summary>The step size, read at every update. Not negative, finite.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float LearningRate
    {
        get;
        set => field = NotNegative(value, nameof(LearningRate));
    }

    /// <summary>How many floats of state a parameter's float needs. All states are zero before the first step.</summary>
    internal abstract int StateCount { get; }

    /// <summary>The rule and its settings without the learning rate, which may change: a saved state fits where this is equal.</summary>
    internal abstract string Identity { get; }

    /// <summary>PyTorch's name of a state, such as <c>exp_avg</c>.</summary>
    /// <param name="index">Which state, below <see cref="StateCount"/>.</param>
    internal abstract string StateName(int index);

    /// <summary>As <c>adam beta1=0.9 beta2=0.999 epsilon=1E-08 weight_decay=0, learning rate 0.001</c>.</summary>
    public override string ToString() => Describe($"{Identity}, learning rate {LearningRate}");

    /// <summary>Refuses settings that are fine one by one and not together. Called once, when a trainer is made.</summary>
    /// <exception cref="ArgumentException">The settings contradict each other.</exception>
    internal virtual void CheckSettings()
    {
    }

    /// <summary>The weight decay where no group says otherwise.</summary>
    internal virtual float Decay => 0;

    /// <summary>Whether each parameter tensor's step depends on norms, for which <see cref="Prepare"/> comes first.</summary>
    internal virtual bool UsesNorms => false;

    /// <summary>Whether parameters and states stay 0 where they and the gradient are 0, as padding is.</summary>
    internal virtual bool KeepsPadding => true;

    /// <summary>What the step of this number is made with.</summary>
    /// <param name="number">From 1.</param>
    internal UpdateStep At(long number) => new(number, LearningRate, Decay);

    /// <summary>The first half of a step on a block of one parameter tensor, where norms are needed: moves the states, and sums.</summary>
    /// <inheritdoc cref="Update"/>
    internal virtual Norms Prepare(ref float w, ref float g, ref float states, nint stride, nint count, in UpdateStep step) => default;

    /// <summary>One step on a block, float by float: so any division of the parameters into blocks gives the same bits.</summary>
    /// <param name="w">The parameters, updated in place.</param>
    /// <param name="g">The gradient of the mean loss; read only.</param>
    /// <param name="states">The first state, if there is one; otherwise anything.</param>
    /// <param name="stride">From a state to the next.</param>
    /// <param name="count">Floats, a multiple of 16.</param>
    /// <param name="step">Which step this is, and its coefficients; where norms are used, the learning rate has their ratio in it.</param>
    internal abstract void Update(ref float w, ref float g, ref float states, nint stride, nint count, in UpdateStep step);

    private protected static float NotNegative(float value, string name)
    {
        if (value >= 0 && float.IsFinite(value))
            return value;
        throw OutOfRange(name, value, "a finite number of at least 0");
    }

    private protected static float Positive(float value, string name)
    {
        if (value > 0 && float.IsFinite(value))
            return value;
        throw OutOfRange(name, value, "a finite number above 0");
    }

    private protected static float Fraction(float value, string name)
    {
        if (value is >= 0 and < 1)
            return value;
        throw OutOfRange(name, value, "a number of at least 0 and below 1");
    }

    /// <summary>
    /// The double that is written like this float: 0.999, not 0.99900001287. A decay is used as 1 - decay, and there the difference would be more than
    /// 1e-5 of the result, where PyTorch computes with the double.
    /// </summary>
    private protected static double AsWritten(float value) =>
        double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private protected static string Describe(FormattableString text) => FormattableString.Invariant(text);

    private static ArgumentOutOfRangeException OutOfRange(string name, float value, string needed) =>
        new(name, Describe($"{name} is {value}: give {needed}."));
}
