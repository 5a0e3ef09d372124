namespace Cnn.Training;

/// <summary>A running mean of the parameters, which often generalises better than the last ones (Polyak averaging with exponential decay).</summary>
/// <remarks>
/// average ← d average + (1 - d) parameter, running statistics included. In the beginning d is smaller, min(d, (1 + n) / (10 + n)) at the n-th
/// mean, so that the initial parameters are soon forgotten.
/// </remarks>
public sealed record WeightAveraging
{
    /// <param name="decay">d for one update, from 0 to below 1, such as 0.999.</param>
    public WeightAveraging(double decay)
    {
        if (!(decay >= 0 && decay < 1))
            throw new ArgumentOutOfRangeException(nameof(decay), FormattableString.Invariant($"The decay is {decay}: give a number from 0 to below 1."));
        Decay = decay;
    }

    /// <summary>d for one update.</summary>
    public double Decay { get; }

    /// <summary>
    /// Updates between two means, for which the decay is raised to that power. Default 10: looking at all parameters after each update would cost
    /// time.
    /// </summary>
    public int EverySteps
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 10;

    /// <inheritdoc/>
    public override string ToString() => Description;

    internal string Description => FormattableString.Invariant($"averaged with {Decay} every {CountFormat.Of(EverySteps, "step")}");
}
