namespace Cnn.Training;

/// <summary>Where a training stands between two updates, apart from what the trainer itself keeps.</summary>
internal sealed class FitState
{
    private const int CounterCount = 8;

    /// <summary>From 0: the epoch that is being run.</summary>
    public int Epoch { get; set; }

    /// <summary>Updates of this epoch that are done.</summary>
    public int Step { get; set; }

    /// <summary>Over the images that were trained on in this epoch.</summary>
    public double LossSum { get; set; }

    public long Correct { get; set; }

    /// <summary>Seconds that this epoch has taken so far.</summary>
    public double Seconds { get; set; }

    /// <summary>A running mean of the loss, for display.</summary>
    public double RecentLoss { get; set; }

    /// <summary>From 1; 0 before the first one.</summary>
    public int BestEpoch { get; set; }

    public bool StoppedEarly { get; set; }

    public List<EpochResult> History { get; } = [];

    public void AddTo(TensorFile file, string prefix)
    {
        long[] counters =
        [
            Epoch, Step, BitConverter.DoubleToInt64Bits(LossSum), Correct, BitConverter.DoubleToInt64Bits(Seconds),
            BitConverter.DoubleToInt64Bits(RecentLoss), BestEpoch, StoppedEarly ? 1 : 0,
        ];
        file.Add(prefix + "counters", [CounterCount], counters);
        file.Add(prefix + "history", [History.Count, EpochResult.Fields], [.. History.SelectMany(epoch => epoch.Bits())]);
        if (History.Count == 0 || History[^1].Metrics.Count == 0)
            return;
        int metrics = History[^1].Metrics.Count;
        file.Add(prefix + "metrics", [History.Count, metrics],
            [.. History.SelectMany(epoch => epoch.Metrics.Values).Select(BitConverter.DoubleToInt64Bits)]);
    }

    /// <param name="file">A checkpoint.</param>
    /// <param name="prefix">Of the names.</param>
    /// <param name="metrics">The names of the metrics, which the checkpoint's identity has too.</param>
    public static FitState Of(TensorFile file, string prefix, string[] metrics)
    {
        long[] counters = file.Integers(prefix + "counters", CounterCount);
        var state = new FitState
        {
            Epoch = (int)counters[0],
            Step = (int)counters[1],
            LossSum = BitConverter.Int64BitsToDouble(counters[2]),
            Correct = counters[3],
            Seconds = BitConverter.Int64BitsToDouble(counters[4]),
            RecentLoss = BitConverter.Int64BitsToDouble(counters[5]),
            BestEpoch = (int)counters[6],
            StoppedEarly = counters[7] != 0,
        };
        int epochs = file.TryGet(prefix + "history", out NamedTensor? history) ? (int)(history.Length / EpochResult.Fields) : 0;
        long[] bits = file.Integers(prefix + "history", epochs, EpochResult.Fields);
        for (int epoch = 0; epoch < epochs; epoch++)
            state.History.Add(EpochResult.Of(epoch + 1, bits.AsSpan(epoch * EpochResult.Fields, EpochResult.Fields)));
        if (!file.TryGet(prefix + "metrics", out _))
            return state;
        long[] values = file.Integers(prefix + "metrics", epochs, metrics.Length);
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            double[] ofEpoch = [.. values.Skip(epoch * metrics.Length).Take(metrics.Length).Select(BitConverter.Int64BitsToDouble)];
            state.History[epoch] = state.History[epoch] with { Metrics = new MetricValues(metrics, ofEpoch) };
        }

        return state;
    }
}
