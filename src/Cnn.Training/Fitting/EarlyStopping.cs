namespace Cnn.Training;

/// <summary>What is looked at to tell which epoch was the best.</summary>
public enum Monitored
{
    /// <summary>The accuracy on the validation images; larger is better, and of equal ones that with the smaller loss.</summary>
    Accuracy,

    /// <summary>The cross entropy on the validation images; smaller is better, and of equal ones that with the larger accuracy.</summary>
    Loss,
}

/// <summary>Stops a training that gets no better in what is monitored.</summary>
/// <param name="Patience">
/// Epochs without a better one before training stops, at least 1. An epoch that only ties is not better, and one that is NaN is worse than any.
/// </param>
public sealed record EarlyStopping(int Patience)
{
    /// <summary>
    /// By how much the accuracy or the loss must be better than it last was when it counted, for the patience to begin anew. Default 0; not negative,
    /// finite.
    /// </summary>
    public double LeastGain { get; init; }

    /// <summary>Whether the network has the best epoch's parameters in the end, and not the last one's. Default true.</summary>
    public bool RestoreBest { get; init; } = true;

    /// <exception cref="ArgumentOutOfRangeException">A number is none that can be.</exception>
    internal void Check()
    {
        if (Patience < 1)
            throw new ArgumentOutOfRangeException(nameof(Patience), Patience, FormattableString.Invariant($"Patience is {Patience}: give at least 1 epoch."));
        if (!(LeastGain >= 0 && double.IsFinite(LeastGain)))
            throw new ArgumentOutOfRangeException(nameof(LeastGain),
                FormattableString.Invariant($"LeastGain is {LeastGain}: give a finite number of at least 0."));
    }

    /// <inheritdoc/>
    public override string ToString() => Description;

    internal string Description => FormattableString.Invariant($"stop after {CountFormat.Of(Patience, "epoch")} without {LeastGain} more");
}
