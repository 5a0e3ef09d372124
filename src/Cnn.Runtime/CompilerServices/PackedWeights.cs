using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>A predictor's parameters: packed for its kernels, the norms folded in; shared by its clones.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PackedWeights
{
    private readonly AlignedArena _arena;
    private readonly List<PackedMatrix> _matrices = [];

    /// <summary>Makes room.</summary>
    /// <param name="floats">How much.</param>
    public PackedWeights(int floats)
    {
        Length = floats;
        _arena = new AlignedArena(floats);
        _arena.BringIn();
    }

    /// <summary>The same weights with those of layers in fewer bits.</summary>
    private PackedWeights(int length, int others, StoredWeights stored)
    {
        Length = length;
        _arena = new AlignedArena(others);
        Stored = stored;
        _matrices.AddRange(stored.Matrices);
    }

    internal ref float Start => ref _arena.Start;

    /// <summary>How many floats there are, those too that are kept in fewer bits.</summary>
    internal int Length { get; }

    /// <summary>The weights of layers in fewer bits; null where they are floats.</summary>
    internal StoredWeights? Stored { get; }

    /// <summary>Bytes of memory.</summary>
    internal long Bytes => (_arena.Length * sizeof(float)) + (Stored?.Bytes ?? 0);

    /// <summary>All of them, the padding too; a copy where some are kept in fewer bits.</summary>
    internal Span<float> All
    {
        get
        {
            if (Stored is null)
                return _arena.Slice(0, Length);
            float[] all = new float[Length + AlignedArena.Slack];
            _arena.Slice(0, (int)_arena.Length).CopyTo(all);
            foreach (PackedMatrix matrix in Stored.Matrices)
                Stored.Widen(matrix.Offset, ref all[matrix.Offset]);
            return all.AsSpan(0, Length);
        }
    }

    /// <summary>Room for weights of which those of layers are in fewer bits.</summary>
    /// <param name="floats">How many there are in all.</param>
    /// <param name="matrices">The weights of layers, in the order of the memory, behind everything else.</param>
    /// <param name="storage">In what they are kept.</param>
    internal static PackedWeights Reserve(int floats, PackedMatrix[] matrices, WeightStorage storage)
    {
        if (storage == WeightStorage.Float32 || matrices.Length == 0)
        {
            PackedWeights weights = new(floats);
            weights._matrices.AddRange(matrices);
            return weights;
        }

        return new PackedWeights(floats, matrices[0].Offset, new StoredWeights(matrices, storage));
    }

    /// <summary>These weights in a storage; themselves where they are so already, or in fewer bits.</summary>
    /// <param name="storage">The storage.</param>
    internal PackedWeights In(WeightStorage storage)
    {
        if (storage == WeightStorage.Float32 || Stored is not null || _matrices.Count == 0)
            return this;
        PackedMatrix[] matrices = [.. Matrices];
        PackedWeights weights = Reserve(Length, matrices, storage);
        _arena.Slice(0, matrices[0].Offset).CopyTo(weights._arena.Slice(0, matrices[0].Offset));
        for (int index = 0; index < matrices.Length; index++)
        {
            byte[] bytes = new byte[StoredMatrix.Bytes(matrices[index].Count, matrices[index].Lanes, storage)];
            StoredMatrix.Write(_arena.Slice(matrices[index].Offset, matrices[index].Count), matrices[index].Lanes, storage, bytes);
            weights.Stored!.Set(index, bytes);
        }

        return weights;
    }

    /// <summary>Floats that are in no matrix.</summary>
    /// <param name="offset">The first.</param>
    /// <param name="count">How many.</param>
    internal Span<float> Others(int offset, int count) => _arena.Slice(offset, count);

    /// <summary>The weights of layers, in the order of the memory, where these were packed here.</summary>
    internal IEnumerable<PackedMatrix> Matrices => _matrices.OrderBy(static matrix => matrix.Offset);

    /// <summary>Makes of the weights of layers what a storage would leave of them.</summary>
    /// <param name="storage">The storage.</param>
    internal void Round(WeightStorage storage)
    {
        foreach (PackedMatrix matrix in _matrices)
        {
            Span<float> values = _arena.Slice(matrix.Offset, matrix.Count);
            byte[] bytes = new byte[StoredMatrix.Bytes(matrix.Count, matrix.Lanes, storage)];
            StoredMatrix.Write(values, matrix.Lanes, storage, bytes);
            StoredMatrix.Read(bytes, matrix.Lanes, storage, values);
        }
    }

    /// <summary>Packs weight and bias of a layer. A norm y = s x + t behind it turns w and b into s w and s b + t.</summary>
    /// <param name="network">Where the parameters are.</param>
    /// <param name="layer">The layer's name.</param>
    /// <param name="hasBias">Whether it has a bias of its own.</param>
    /// <param name="packing">How the weight is packed.</param>
    /// <param name="weightOffset">Where the weight goes.</param>
    /// <param name="biasOffset">Where the bias goes.</param>
    /// <param name="norms">The norms behind the layer, in the order in which they run.</param>
    public void AddLayer(NetworkCore network, string layer, bool hasBias, WeightPacking packing, int weightOffset, int biasOffset,
        params ReadOnlySpan<NormFold> norms)
    {
        ReadOnlySpan<float> bias = hasBias ? network.Parameters[layer + ".bias"].Values : default;
        Add(network, network.Parameters[layer + ".weight"].Values, bias, packing, weightOffset, biasOffset, norms);
    }

    /// <summary>Packs the 3x3 or 5x5 kernels of a convolution as the 36 points of <see cref="Winograd"/>, norms behind it folded in before.</summary>
    /// <param name="network">Where the parameters are.</param>
    /// <param name="layer">The layer's name.</param>
    /// <param name="hasBias">Whether it has a bias of its own.</param>
    /// <param name="packing">How the points are packed, as taps.</param>
    /// <param name="weightOffset">Where the weight goes.</param>
    /// <param name="biasOffset">Where the bias goes.</param>
    /// <param name="norms">The norms behind the layer, in the order in which they run.</param>
    public void AddWinogradLayer(NetworkCore network, string layer, bool hasBias, WeightPacking packing, int weightOffset, int biasOffset,
        params ReadOnlySpan<NormFold> norms)
    {
        ReadOnlySpan<float> bias = hasBias ? network.Parameters[layer + ".bias"].Values : default;
        double[] scale = AddBias(network, bias, packing.Outputs, biasOffset, norms);
        Parameter weight = network.Parameters[layer + ".weight"];
        float[] points = WinogradWeights.Transform(weight.Values, packing.Outputs, packing.Inputs, weight.Shape[^1], scale);
        packing.Pack(points, _arena.Slice(weightOffset, packing.Size));
        _matrices.AddRange(packing.MatricesOfTaps(weightOffset));
    }

    /// <summary>Packs a layer with norms before it too: y = s x + t before it turns w and b into w s and b + the sum of w t over inputs and taps.</summary>
    /// <param name="network">Where the parameters are.</param>
    /// <param name="layer">The layer's name.</param>
    /// <param name="hasBias">Whether it has a bias of its own.</param>
    /// <param name="packing">How the weight is packed.</param>
    /// <param name="weightOffset">Where the weight goes.</param>
    /// <param name="biasOffset">Where the bias goes.</param>
    /// <param name="channels">Channels that come in.</param>
    /// <param name="before">The norms before the layer, in the order in which they run.</param>
    /// <param name="norms">The norms behind the layer, in the order in which they run.</param>
    public void AddLayerBehindNorms(
        NetworkCore network,
        string layer,
        bool hasBias,
        WeightPacking packing,
        int weightOffset,
        int biasOffset,
        int channels,
        ReadOnlySpan<NormFold> before,
        params ReadOnlySpan<NormFold> norms)
    {
        double[] scale = new double[channels];
        double[] shift = new double[channels];
        Fold(network, before, scale, shift);
        ReadOnlySpan<float> values = network.Parameters[layer + ".weight"].Values;
        float[] weight = new float[values.Length];
        float[] bias = new float[packing.Groups * packing.Outputs];

        // Of the layer: a packing may have the outputs of all groups side by side.
        int outputsOfGroup = bias.Length / (channels / packing.Inputs);
        int index = 0;
        for (int output = 0; output < bias.Length; output++)
        {
            double sum = hasBias ? network.Parameters[layer + ".bias"].Values[output] : 0;
            for (int input = 0; input < packing.Inputs; input++)
            {
                int channel = (output / outputsOfGroup * packing.Inputs) + input;
                for (int tap = 0; tap < packing.Taps; tap++, index++)
                {
                    sum += values[index] * shift[channel];
                    weight[index] = (float)(values[index] * scale[channel]);
                }
            }

            bias[output] = (float)sum;
        }

        Add(network, weight, bias, packing, weightOffset, biasOffset, norms);
    }

    /// <summary>Packs a parameter as it is.</summary>
    /// <param name="network">Where the parameter is.</param>
    /// <param name="parameter">Its whole name, as <c>prelu1.weight</c>.</param>
    /// <param name="packing">How it is packed.</param>
    /// <param name="offset">Where it goes.</param>
    public void AddParameter(NetworkCore network, string parameter, WeightPacking packing, int offset) =>
        packing.Pack(network.Parameters[parameter].Values, _arena.Slice(offset, packing.Size));

    /// <summary>Packs norms that no layer can take in as one scale and one shift a channel.</summary>
    /// <param name="network">Where the parameters are.</param>
    /// <param name="channels">How many channels.</param>
    /// <param name="scaleOffset">Where the scale goes.</param>
    /// <param name="shiftOffset">Where the shift goes.</param>
    /// <param name="norms">The norms, in the order in which they run.</param>
    public void AddScaleShift(NetworkCore network, int channels, int scaleOffset, int shiftOffset, params ReadOnlySpan<NormFold> norms)
    {
        double[] scale = new double[channels];
        double[] shift = new double[channels];
        Fold(network, norms, scale, shift);
        for (int channel = 0; channel < channels; channel++)
        {
            _arena.Slice(scaleOffset, channels)[channel] = (float)scale[channel];
            _arena.Slice(shiftOffset, channels)[channel] = (float)shift[channel];
        }
    }

    private void Add(
        NetworkCore network, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, WeightPacking packing, int weightOffset,
        int biasOffset, ReadOnlySpan<NormFold> norms)
    {
        double[] scale = AddBias(network, bias, packing.Groups * packing.Outputs, biasOffset, norms);
        packing.Pack(weight, _arena.Slice(weightOffset, packing.Size), norms.IsEmpty ? default : scale);
        _matrices.AddRange(packing.Matrices(weightOffset));
    }

    /// <summary>Packs a bias with the norms behind it folded in.</summary>
    /// <returns>The norms' scale, one factor an output.</returns>
    private double[] AddBias(NetworkCore network, ReadOnlySpan<float> bias, int outputs, int biasOffset, ReadOnlySpan<NormFold> norms)
    {
        double[] scale = new double[outputs];
        double[] shift = new double[outputs];
        Fold(network, norms, scale, shift);
        Span<float> packedBias = _arena.Slice(biasOffset, outputs);
        for (int output = 0; output < outputs; output++)
            packedBias[output] = (float)(((bias.IsEmpty ? 0 : bias[output]) * scale[output]) + shift[output]);
        return scale;
    }

    /// <summary>Norms one after the other as one scale and one shift: weight / sqrt(variance + epsilon), and bias - mean * scale.</summary>
    private static void Fold(NetworkCore network, ReadOnlySpan<NormFold> norms, double[] scale, double[] shift)
    {
        scale.AsSpan().Fill(1);
        foreach (NormFold norm in norms)
            norm.Append(network, scale, shift);
    }
}
