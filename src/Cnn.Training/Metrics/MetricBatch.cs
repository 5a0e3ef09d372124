namespace Cnn.Training;

/// <summary>One output of a batch, and what it should be: what a <see cref="Metric"/> looks at.</summary>
public readonly ref struct MetricBatch
{
    private readonly bool _isLast;

    /// <summary>Of a batch whose target are labels.</summary>
    /// <param name="port">The output.</param>
    /// <param name="outputs">The network's, image after image.</param>
    /// <param name="labels">One an image, or one a position.</param>
    /// <param name="weights">None, one an image, or one a position.</param>
    public MetricBatch(Port port, ReadOnlySpan<float> outputs, ReadOnlySpan<int> labels, ReadOnlySpan<float> weights = default)
        : this(port, outputs, weights) => Labels = labels;

    /// <summary>Of a batch whose target are values.</summary>
    /// <param name="port">The output.</param>
    /// <param name="outputs">The network's, image after image.</param>
    /// <param name="values">What they should be.</param>
    /// <param name="weights">None, one an image, or one a position.</param>
    public MetricBatch(Port port, ReadOnlySpan<float> outputs, ReadOnlySpan<float> values, ReadOnlySpan<float> weights = default)
        : this(port, outputs, weights) => Values = values;

    private MetricBatch(Port port, ReadOnlySpan<float> outputs, ReadOnlySpan<float> weights)
    {
        ArgumentNullException.ThrowIfNull(port);
        Port = port;
        Outputs = outputs;
        Weights = weights;
        Count = outputs.Length / port.Length;
        _isLast = port.Layout == DataLayout.ChannelsLast;
        Channels = _isLast ? port.Shape[^1] : port.Shape[0];
        Positions = port.Length / Channels;
    }

    /// <summary>Which output it is.</summary>
    public Port Port { get; }

    /// <summary>The number of images.</summary>
    public int Count { get; }

    /// <summary>The output's channels: the classes, where there are labels.</summary>
    public int Channels { get; }

    /// <summary>Positions of one channel; 1 without spatial axes.</summary>
    public int Positions { get; }

    /// <summary>What the network gave, image after image.</summary>
    public ReadOnlySpan<float> Outputs { get; }

    /// <summary>The labels, image after image; empty where there are values.</summary>
    public ReadOnlySpan<int> Labels { get; }

    /// <summary>The values, image after image, lying as the outputs do; empty where there are labels.</summary>
    public ReadOnlySpan<float> Values { get; }

    /// <summary>How much each counts: none, one an image, or one a position.</summary>
    public ReadOnlySpan<float> Weights { get; }

    /// <summary>Where an output, and a value that lies as it does, stands.</summary>
    /// <param name="image">From 0.</param>
    /// <param name="channel">From 0.</param>
    /// <param name="position">From 0.</param>
    public int IndexOf(int image, int channel, int position) =>
        (image * Channels * Positions) + (_isLast ? (position * Channels) + channel : (channel * Positions) + position);

    /// <summary>How much a position counts: 1 where nothing is said.</summary>
    /// <param name="image">From 0.</param>
    /// <param name="position">From 0.</param>
    public double WeightAt(int image, int position) => Weights.IsEmpty ? 1
        : Weights.Length == Count ? Weights[image]
        : Weights[(image * (Weights.Length / Count)) + position];

    /// <summary>
    /// The label of a position, or null where it does not count: it is to be ignored, or is no class, which only a loss that ignores it lets pass.
    /// </summary>
    /// <param name="image">From 0.</param>
    /// <param name="position">From 0.</param>
    /// <param name="ignored">A class that does not count; null for none.</param>
    public int? LabelAt(int image, int position, int? ignored = null)
    {
        int label = Labels[(image * Positions) + position];
        return label == ignored || (uint)label >= (uint)Channels ? null : label;
    }

    /// <summary>The class with the largest output; of equal ones the first, and never NaN.</summary>
    /// <param name="image">From 0.</param>
    /// <param name="position">From 0.</param>
    /// <returns>The class, or <see cref="Logits.NoClass"/> where every output is NaN.</returns>
    public int ClassAt(int image, int position) => Largest(Outputs, image, position);

    /// <summary>The class with the largest target value, for targets that are probabilities.</summary>
    /// <param name="image">From 0.</param>
    /// <param name="position">From 0.</param>
    public int TargetClassAt(int image, int position) => Largest(Values, image, position);

    private int Largest(ReadOnlySpan<float> values, int image, int position)
    {
        int largest = Logits.NoClass;
        float most = 0;
        for (int channel = 0; channel < Channels; channel++)
        {
            float value = values[IndexOf(image, channel, position)];
            if (!float.IsNaN(value) && (largest == Logits.NoClass || value > most))
                (largest, most) = (channel, value);
        }

        return largest;
    }
}
