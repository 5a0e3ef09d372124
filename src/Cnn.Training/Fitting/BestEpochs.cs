namespace Cnn.Training;

/// <summary>Knows which epoch was the best, keeps its parameters where they are asked for, and tells when to stop.</summary>
/// <param name="options">What is monitored, and when to stop.</param>
/// <param name="metrics">Those of the validation.</param>
internal sealed class BestEpochs(FitOptions options, IReadOnlyList<Metric> metrics)
{
    private readonly Score _score = Score.Of(options, metrics);
    private float[][]? _parameters;

    /// <summary>Looks at the epoch that was just added.</summary>
    /// <returns>Whether it is the best so far.</returns>
    public bool Take(FitState state, INetwork network, AveragedWeights? average)
    {
        EpochResult last = state.History[^1];
        if (double.IsNaN(_score.Value(last)) || (state.BestEpoch > 0 && !IsBetter(last, state.History[state.BestEpoch - 1])))
            return false;
        state.BestEpoch = last.Epoch;
        if (options is { EarlyStopping.RestoreBest: true, Checkpoints: null })
            _parameters = average is null ? ParameterValues.Read(network) : [.. average.Values.Select(values => (float[])values.Clone())];
        return true;
    }

    /// <summary>A function of the history alone, so that a resumed training stops where an uninterrupted one does.</summary>
    public bool ShouldStop(FitState state)
    {
        if (options.EarlyStopping is not { } stopping)
            return false;
        double counted = double.NaN;
        int without = 0;
        foreach (double score in state.History.Select(_score.Value))
        {
            bool counts = double.IsNaN(counted) ? !double.IsNaN(score) : score > counted + stopping.LeastGain;
            (counted, without) = counts ? (score, 0) : (counted, without + 1);
        }

        return without >= stopping.Patience;
    }

    /// <summary>
    /// Gives the network the best epoch's parameters, if there is one and they are asked for: from memory, or from the folder, which a resumed
    /// training has too.
    /// </summary>
    /// <returns>Whether the network has them.</returns>
    public bool TryRestore(FitState state, INetwork network, CheckpointFolder? checkpoints)
    {
        if (state.BestEpoch == 0 || options.EarlyStopping is not { RestoreBest: true })
            return false;
        if (checkpoints is not null)
            checkpoints.LoadBest();
        else if (_parameters is not null)
            ParameterValues.Write(network, _parameters);
        return true;
    }

    /// <summary>What is monitored decides, and between equals the other: CompareTo takes NaN for less than any number, and so for worse.</summary>
    private bool IsBetter(EpochResult epoch, EpochResult than) => _score.Value(epoch).CompareTo(_score.Value(than)) switch
    {
        > 0 => true,
        0 => _score.Other(epoch).CompareTo(_score.Other(than)) > 0,
        _ => false,
    };
}
