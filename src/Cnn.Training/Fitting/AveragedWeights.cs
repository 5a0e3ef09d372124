namespace Cnn.Training;

/// <summary>The running mean of a network's parameters.</summary>
internal sealed class AveragedWeights
{
    private readonly INetwork _network;
    private readonly WeightAveraging _options;

    public AveragedWeights(INetwork network, WeightAveraging options)
    {
        _network = network;
        _options = options;
        Values = ParameterValues.Read(network);
    }

    /// <summary>One array a parameter, in their order.</summary>
    public float[][] Values { get; }

    /// <summary>Means so far.</summary>
    public long Count { get; set; }

    public void AfterUpdate(long updates)
    {
        if (updates % _options.EverySteps != 0)
            return;
        double decay = Math.Min(Math.Pow(_options.Decay, _options.EverySteps), (1.0 + Count) / (10 + Count));
        float share = (float)(1 - decay);
        Count++;
        for (int index = 0; index < Values.Length; index++)
        {
            ReadOnlySpan<float> current = _network.Parameters[index].Values;
            Span<float> average = Values[index];
            for (int element = 0; element < average.Length; element++)
                average[element] += share * (current[element] - average[element]);
        }
    }

    /// <summary>Runs something while the network has the averages for its parameters.</summary>
    public T Evaluate<T>(Func<T> action)
    {
        float[][] current = ParameterValues.Read(_network);
        CopyTo(_network);
        try
        {
            return action();
        }
        finally
        {
            ParameterValues.Write(_network, current);
        }
    }

    public void CopyTo(INetwork network) => ParameterValues.Write(network, Values);
}
