namespace Cnn.Training;

/// <summary>Knows which epoch was the best, keeps its parameters where they are asked for, and tells when to stop.</summary>
internal sealed class BestEpochs(FitOptions options)
{
    private readonly Monitored _monitored = options.Monitored;
    private float[][]? _parameters;

    /// <summary>Looks at the epoch that was just added.</summary>
    /// <returns>Whether it is the best so far.</returns>
    public bool Take(FitState state, INetwork network, AveragedWeights? average)
    {
        EpochResult last = state.History[^1];
        if (state.BestEpoch > 0 && !(Score(last) > Score(state.History[state.BestEpoch - 1]) + (options.EarlyStopping?.LeastGain ?? 0)))
            return false;
        state.BestEpoch = last.Epoch;
        if (options is { EarlyStopping.RestoreBest: true, Checkpoints: null })
            _parameters = average is null ? ParameterValues.Read(network) : [.. average.Values.Select(values => (float[])values.Clone())];
        return true;
    }

    public bool ShouldStop(FitState state) =>
        options.EarlyStopping is { } stopping && state.BestEpoch > 0 && state.History.Count - state.BestEpoch >= stopping.Patience;

    /// <summary>Gives the network the best epoch's parameters: from memory, or from the folder, which a resumed training has too.</summary>
    public void Restore(INetwork network, CheckpointFolder? checkpoints)
    {
        if (checkpoints is not null)
            Checkpoint.LoadParameters(checkpoints.BestPath, network);
        else if (_parameters is not null)
            ParameterValues.Write(network, _parameters);
    }

    /// <summary>Larger is better.</summary>
    private double Score(EpochResult epoch) => _monitored == Monitored.Accuracy ? epoch.ValidationAccuracy : -epoch.ValidationLoss;
}
