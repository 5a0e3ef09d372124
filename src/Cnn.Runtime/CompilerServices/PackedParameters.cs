namespace Cnn.CompilerServices;

/// <summary>The parameters in a trainer's arena, and which side is newer: the arena, or the network's arrays that the user sees.</summary>
internal sealed class PackedParameters
{
    private readonly NetworkCore _network;
    private readonly TrainerMemory _memory;
    private readonly bool[] _packedIsNewer;
    private readonly bool[] _mayBeWritten;
    private readonly float[] _gradient;
    private bool _anyMayBeWritten;

    public PackedParameters(NetworkCore network, TrainerMemory memory)
    {
        _network = network;
        _memory = memory;
        _packedIsNewer = new bool[network.Definitions.Length];
        _mayBeWritten = new bool[network.Definitions.Length];
        _gradient = new float[network.Parameters.Select(parameter => parameter.Storage.Length).DefaultIfEmpty(0).Max()];
        for (int index = 0; index < _mayBeWritten.Length; index++)
            Pack(index);
    }

    /// <summary>Brings the user's array up to date; the user may write into it from now on.</summary>
    public void BeforeAccess(Parameter parameter)
    {
        int index = IndexOf(parameter.Name);
        if (_packedIsNewer[index])
            Unpack(index);
        _mayBeWritten[index] = true;
        _anyMayBeWritten = true;
    }

    /// <summary>Packs what the user may have written.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool PackWritten()
    {
        if (!_anyMayBeWritten)
            return false;
        for (int index = 0; index < _mayBeWritten.Length; index++)
        {
            if (!_mayBeWritten[index])
                continue;
            Pack(index);
            _mayBeWritten[index] = false;
        }

        _anyMayBeWritten = false;
        return true;
    }

    /// <summary>The optimiser, or a loaded state, has written into the arena: whatever the user wrote before is overtaken.</summary>
    public void MarkNewer()
    {
        _packedIsNewer.AsSpan().Fill(true);
        _mayBeWritten.AsSpan().Clear();
        _anyMayBeWritten = false;
    }

    /// <summary>A forward pass has moved running statistics.</summary>
    public void MarkStatisticsNewer()
    {
        for (int index = 0; index < _packedIsNewer.Length; index++)
            _packedIsNewer[index] |= !_network.Definitions[index].IsTrainable;
    }

    /// <summary>Brings all of the user's arrays up to date.</summary>
    public void UnpackAll()
    {
        for (int index = 0; index < _packedIsNewer.Length; index++)
        {
            if (_packedIsNewer[index] && !_mayBeWritten[index])
                Unpack(index);
        }
    }

    /// <summary>A gradient in PyTorch's layout, valid until the next one is asked for.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="updates">Which parameters are trained.</param>
    public ReadOnlySpan<float> Gradient(string name, ParameterUpdates updates)
    {
        ParameterDefinition definition = _network.Definitions[IndexOf(name)];
        if (!definition.IsTrainable)
            throw new ArgumentException($"'{name}' is not trained, so it has no gradient: it is a running statistic, or its layer is frozen.", nameof(name));
        if (!updates.Trains(name))
            throw new ArgumentException($"'{name}' is not trained, so it has no gradient: TrainerOptions.Trains leaves it out.", nameof(name));
        Span<float> gradient = _gradient.AsSpan(0, _network.Parameters[name].Storage.Length);
        definition.Packing.Unpack(_memory.Slice(_memory.Gradients + definition.Offset, definition.Packing.Size), gradient);
        return gradient;
    }

    private int IndexOf(string name)
    {
        int index = Array.FindIndex(_network.Definitions, definition => definition.Name == name);
        if (index >= 0)
            return index;
        throw new ArgumentException(
            $"There is no parameter '{name}'. There are: {string.Join(", ", _network.Definitions.Select(definition => definition.Name))}.", nameof(name));
    }

    private Span<float> Packed(ParameterDefinition definition) =>
        _memory.Slice((definition.IsTrainable ? _memory.Parameters : _memory.Others) + definition.Offset, definition.Packing.Size);

    private void Pack(int index)
    {
        ParameterDefinition definition = _network.Definitions[index];
        definition.Packing.Pack(_network.Parameters[index].Storage, Packed(definition));
        _packedIsNewer[index] = false;
    }

    private void Unpack(int index)
    {
        ParameterDefinition definition = _network.Definitions[index];
        definition.Packing.Unpack(Packed(definition), _network.Parameters[index].Storage);
        _packedIsNewer[index] = false;
    }
}
