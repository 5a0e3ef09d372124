using System.Runtime.InteropServices;

namespace Cnn.Benchmarks.Peers;

/// <summary>A network as the list of layers that oneDNN's peer takes: activations are part of what they follow, and for predictions norms are too.</summary>
internal sealed class OneDnnNetwork
{
    private readonly INetwork _network;
    private readonly bool _folds;
    private readonly Dictionary<string, int> _tensors = new(StringComparer.Ordinal);
    private readonly List<OneDnn.Layer> _layers = [];

    /// <summary>Weight and bias of each layer, which the library copies.</summary>
    private readonly List<(float[] Weight, float[] Bias)> _values = [];

    /// <summary>Lists the layers.</summary>
    /// <param name="network">Convolutions, linear layers, BatchNorm, ReLU, max pools, global pools and sums of two.</param>
    /// <param name="folds">Whether norms are folded into the convolutions before them.</param>
    public OneDnnNetwork(INetwork network, bool folds)
    {
        _network = network;
        _folds = folds;
        foreach (LayerSummary layer in network.Summary.Layers)
            _tensors.Add(layer.Name, layer.Inputs.Count == 0 ? 0 : Add(layer));
    }

    /// <summary>The shape of an image.</summary>
    public OneDnn.Shape Shape => _network.Summary.InputShape.ToArray() is [int channels, int rows, int columns]
        ? new OneDnn.Shape(channels, rows, columns)
        : throw new NotSupportedException("oneDNN's peer takes images.");

    /// <summary>Hands the layers to the library while their values stay where they are.</summary>
    /// <exception cref="InvalidOperationException">It has no such network; the reason is on the error stream.</exception>
    public nint Create(Func<OneDnn.Layer[], nint> create)
    {
        List<GCHandle> pinned = [];
        try
        {
            OneDnn.Layer[] layers = [.. _layers];
            for (int index = 0; index < layers.Length; index++)
            {
                layers[index].Weight = Pin(pinned, _values[index].Weight);
                layers[index].Bias = Pin(pinned, _values[index].Bias);
            }

            nint created = create(layers);
            return created != 0 ? created : throw new InvalidOperationException("oneDNN's peer could not make the network.");
        }
        finally
        {
            pinned.ForEach(static handle => handle.Free());
        }
    }

    private static nint Pin(List<GCHandle> pinned, float[] values)
    {
        if (values.Length == 0)
            return 0;
        pinned.Add(GCHandle.Alloc(values, GCHandleType.Pinned));
        return pinned[^1].AddrOfPinnedObject();
    }

    /// <summary>Adds a layer, or makes it part of the one before; returns the tensor that it makes.</summary>
    private int Add(LayerSummary layer)
    {
        int input = _tensors[layer.Inputs[0]];
        switch (layer.Kind)
        {
            case "Conv":
                return Append(Windowed(layer, OneDnn.LayerKind.Convolution, input) with { Groups = Number(layer, "groups") }, layer);
            case "Linear":
                return Append(new OneDnn.Layer { Kind = OneDnn.LayerKind.Linear, Input = input, Outputs = layer.OutputShape[0] }, layer);
            case "BatchNorm" when _folds:
                Fold(layer, input - 1);
                return input;
            case "BatchNorm":
                return Append(new OneDnn.Layer { Kind = OneDnn.LayerKind.BatchNorm, Input = input, Outputs = layer.OutputShape[0] }, layer);
            case "ReLU" or "ReLU6":
                CollectionsMarshal.AsSpan(_layers)[input - 1].Activation = Enum.Parse<OneDnn.LayerActivation>(layer.Kind);
                return input;
            case "MaxPool":
                return Append(Windowed(layer, OneDnn.LayerKind.MaxPool, input), layer);
            case "GlobalAvgPool":
                return Append(new OneDnn.Layer { Kind = OneDnn.LayerKind.GlobalAveragePool, Input = input }, layer);
            case "Add":
                return Append(new OneDnn.Layer { Kind = OneDnn.LayerKind.Add, Input = input, Second = _tensors[layer.Inputs[1]] }, layer);
            case "Flatten" or "Dropout" or "Identity":
                return input;
            default:
                throw new NotSupportedException($"oneDNN's peer has no {layer.Kind}.");
        }
    }

    private static OneDnn.Layer Windowed(LayerSummary layer, OneDnn.LayerKind kind, int input) => new()
    {
        Kind = kind,
        Input = input,
        Outputs = layer.OutputShape[0],
        Kernel = Number(layer, "kernel"),
        Stride = Number(layer, "stride"),
        Padding = Number(layer, "padding"),
        Dilation = Number(layer, "dilation"),
    };

    private int Append(OneDnn.Layer layer, LayerSummary facts)
    {
        float[] bias = Values(facts, "bias");
        // A predictor's convolution has a bias for the norm that is folded into it.
        if (_folds && layer.Kind == OneDnn.LayerKind.Convolution && bias.Length == 0)
            bias = new float[layer.Outputs];
        _layers.Add(layer);
        _values.Add((Values(facts, "weight"), bias));
        return _layers.Count;
    }

    /// <summary>w = w s and b = (b - mean) s + shift, with s = scale / sqrt(variance + epsilon).</summary>
    private void Fold(LayerSummary norm, int layer)
    {
        (float[] weight, float[] bias) = _values[layer];
        float[] scale = Values(norm, "weight"), shift = Values(norm, "bias"), mean = Values(norm, "running_mean"), variance = Values(norm, "running_var");
        double epsilon = norm.Arguments.Number("epsilon");
        int row = weight.Length / bias.Length;
        for (int channel = 0; channel < bias.Length; channel++)
        {
            double factor = scale[channel] / Math.Sqrt(variance[channel] + epsilon);
            for (int index = channel * row; index < (channel + 1) * row; index++)
                weight[index] = (float)(weight[index] * factor);
            bias[channel] = (float)(((bias[channel] - mean[channel]) * factor) + shift[channel]);
        }
    }

    private float[] Values(LayerSummary layer, string parameter) =>
        _network.Parameters.FirstOrDefault(candidate => candidate.Name == $"{layer.Name}.{parameter}") is { } found ? found.Values.ToArray() : [];

    /// <summary>The number of every axis.</summary>
    private static int Number(LayerSummary layer, string argument)
    {
        int[] numbers = [.. layer.Arguments.Numbers(argument).Select(static number => (int)number).Distinct()];
        return numbers is [int only] ? only : throw new NotSupportedException($"oneDNN's peer takes one {argument} for all axes: {layer.Name}.");
    }
}
