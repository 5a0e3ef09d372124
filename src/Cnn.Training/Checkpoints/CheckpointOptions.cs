namespace Cnn.Training;

/// <summary>
/// Where a training is saved. A training that finds a checkpoint of its own there goes on from it, and ends in the same parameters, to the last bit.
/// </summary>
/// <param name="Folder">Made if it is not there. One training a folder.</param>
public sealed record CheckpointOptions(string Folder)
{
    /// <summary>Updates between two checkpoints within an epoch. Default 0: only after each epoch.</summary>
    public int EverySteps
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <summary>How many of the latest are kept, beside the best epoch's. Default 3, at least 1.</summary>
    public int Keep
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 3;

    /// <inheritdoc/>
    public override string ToString()
    {
        string every = EverySteps > 0 ? FormattableString.Invariant($", every {CountFormat.Of(EverySteps, "step")}") : string.Empty;
        return FormattableString.Invariant($"checkpoints in '{Folder}' after each epoch{every}; the latest {Keep} are kept");
    }
}
