using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cnn.CompilerServices;

/// <summary>The weights of all layers in fewer bits: elements where the floats would be, and of whole numbers a factor for each lane of each matrix.</summary>
internal sealed class StoredWeights
{
    private readonly WeightStorage _storage;
    private readonly PackedMatrix[] _matrices;

    /// <summary>Where each matrix starts.</summary>
    private readonly int[] _offsets;

    /// <summary>Where the factors of each matrix start.</summary>
    private readonly int[] _factorOffsets;
    private readonly float[] _factors;
    private readonly AlignedArena _elements;

    /// <summary>Makes room.</summary>
    /// <param name="matrices">At least one, in the order of the memory.</param>
    /// <param name="storage">Not floats.</param>
    public StoredWeights(PackedMatrix[] matrices, WeightStorage storage)
    {
        (_matrices, _storage) = (matrices, storage);
        _offsets = [.. matrices.Select(static matrix => matrix.Offset)];
        _factorOffsets = new int[matrices.Length];
        int factors = 0;
        for (int index = 0; index < matrices.Length; index++)
        {
            _factorOffsets[index] = factors;
            factors += storage == WeightStorage.Int8 ? matrices[index].Lanes : 0;
        }

        _factors = new float[factors];
        PackedMatrix last = matrices[^1];
        long bytes = (long)(last.Offset + last.Count - Start) * ElementBytes;
        _elements = new AlignedArena((bytes + sizeof(float) - 1) / sizeof(float));
        ScratchFloats = ArenaLayout.RoundUp(matrices.Max(static matrix => matrix.Count) + AlignedArena.Slack);
    }

    /// <summary>The first element: what lies before it is no layer's weight.</summary>
    public int Start => _offsets[0];

    /// <summary>The bytes of all elements and factors.</summary>
    public long Bytes => (_elements.Length + _factors.Length) * sizeof(float);

    /// <summary>Floats that a worker needs for the block that it reads.</summary>
    public int ScratchFloats { get; }

    public IReadOnlyList<PackedMatrix> Matrices => _matrices;

    private int ElementBytes => _storage == WeightStorage.Int8 ? sizeof(sbyte) : sizeof(ushort);

    /// <summary>Takes a matrix.</summary>
    /// <param name="index">Which.</param>
    /// <param name="stored">As <see cref="StoredMatrix"/> writes it.</param>
    public void Set(int index, ReadOnlySpan<byte> stored)
    {
        PackedMatrix matrix = _matrices[index];
        if (_storage == WeightStorage.Int8)
        {
            for (int lane = 0; lane < matrix.Lanes; lane++, stored = stored[sizeof(float)..])
                _factors[_factorOffsets[index] + lane] = BinaryPrimitives.ReadSingleLittleEndian(stored);
            MemoryMarshal.Cast<byte, sbyte>(stored[..matrix.Count]).CopyTo(MemoryMarshal.CreateSpan(ref Element<sbyte>(matrix.Offset), matrix.Count));
            return;
        }

        Span<ushort> elements = MemoryMarshal.CreateSpan(ref Element<ushort>(matrix.Offset), matrix.Count);
        MemoryMarshal.Cast<byte, ushort>(stored[..(matrix.Count * sizeof(ushort))]).CopyTo(elements);
        if (!BitConverter.IsLittleEndian)
            BinaryPrimitives.ReverseEndianness(elements, elements);
    }

    /// <summary>Makes floats of the matrix that an element is in.</summary>
    /// <param name="offset">The element.</param>
    /// <param name="floats">Receives the matrix.</param>
    /// <returns>Where the element is among them.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Widen(int offset, ref float floats)
    {
        int index = IndexOf(offset);
        PackedMatrix matrix = _matrices[index];
        nint rows = matrix.Count / matrix.Lanes;
        if (_storage == WeightStorage.Int8)
            WidthLadder.Run(new Widening<Int8Row>(Int8(index), rows, matrix.Lanes, ref floats), matrix.Lanes);
        else
            WidthLadder.Run(new Widening<BFloat16Row>(BFloat16(index), rows, matrix.Lanes, ref floats), matrix.Lanes);
        return offset - matrix.Offset;
    }

    /// <summary>A row times the matrix that starts at an element.</summary>
    /// <param name="offset">The element.</param>
    /// <param name="x">The row.</param>
    /// <param name="shape">Its runs of numbers.</param>
    /// <param name="bias">One a lane.</param>
    /// <param name="y">One a lane.</param>
    /// <param name="epilogue">What is done to the sums, without a residual.</param>
    public void Multiply<TEpilogue>(
        int offset, ref float x, (int Runs, int Stride, int Length) shape, ref float bias, ref float y, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        int index = IndexOf(offset);
        int lanes = _matrices[index].Lanes;
        if (_storage == WeightStorage.Int8)
            WidthLadder.Run(new RowProduct<Int8Row, TEpilogue>(
                Int8(index), lanes, ref x, shape.Runs, shape.Stride, shape.Length, ref bias, ref y, epilogue), lanes);
        else
            WidthLadder.Run(new RowProduct<BFloat16Row, TEpilogue>(
                BFloat16(index), lanes, ref x, shape.Runs, shape.Stride, shape.Length, ref bias, ref y, epilogue), lanes);
    }

    private Int8Row Int8(int index) =>
        new(ref Element<sbyte>(_offsets[index]), ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_factors), _factorOffsets[index]));

    private BFloat16Row BFloat16(int index) => new(ref Element<ushort>(_offsets[index]));

    private ref T Element<T>(int offset) => ref Unsafe.Add(ref Unsafe.As<float, T>(ref _elements.Start), offset - Start);

    /// <summary>The matrix that an element is in.</summary>
    private int IndexOf(int offset)
    {
        int index = Array.BinarySearch(_offsets, offset);
        return index >= 0 ? index : ~index - 1;
    }
}
