namespace Cnn.Training;

/// <summary>What is looked at to tell which epoch was the best.</summary>
public enum Monitored
{
    /// <summary>The accuracy on the validation images; larger is better.</summary>
    Accuracy,

    /// <summary>The cross entropy on the validation images; smaller is better.</summary>
    Loss,
}

/// <summary>Stops a training that gets no better.</summary>
/// <param name="Patience">Epochs without a better one before training stops, at least 1.</param>
public sealed record EarlyStopping(int Patience)
{
    /// <summary>By how much an epoch must be better to count. Default 0.</summary>
    public double LeastGain { get; init; }

    /// <summary>Whether the network has the best epoch's parameters in the end, and not the last one's. Default true.</summary>
    public bool RestoreBest { get; init; } = true;

    internal string Description => FormattableString.Invariant($"stop after {Patience} epochs without {LeastGain} more");
}
