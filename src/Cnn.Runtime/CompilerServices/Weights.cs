using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>A layer's weight as a step takes it: floats, or fewer bits that become floats block by block when a kernel is about to read them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct Weights
{
    /// <summary>The weight; or where this worker's floats go, each block over the one before.</summary>
    private readonly ref float _floats;
    private readonly StoredWeights? _stored;
    private readonly int _offset;

    /// <summary>Floats.</summary>
    /// <param name="floats">The packed weight.</param>
    public Weights(ref float floats) => _floats = ref floats;

    internal Weights(StoredWeights stored, int offset, ref float scratch)
    {
        (_stored, _offset) = (stored, offset);
        _floats = ref scratch;
    }

    /// <summary>What lies further on.</summary>
    /// <param name="offset">Elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Weights From(int offset) =>
        _stored is null ? new Weights(ref Unsafe.Add(ref _floats, offset)) : new Weights(_stored, _offset + offset, ref _floats);

    /// <summary>Floats from an element on, to the end of its block of lanes at least; of fewer bits until the next call.</summary>
    /// <param name="offset">The element.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float Floats(int offset) => ref Unsafe.Add(ref _floats, _stored is null ? offset : _stored.Widen(_offset + offset, ref _floats));

    /// <summary>What is kept in fewer bits, and which element this is of it; null for floats.</summary>
    internal StoredWeights? Stored(out int offset)
    {
        offset = _offset;
        return _stored;
    }
}
