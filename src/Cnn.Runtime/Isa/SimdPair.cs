using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>Two vectors of a set side by side as one of twice the lanes.</summary>
/// <remarks>
/// A kernel that walks down the columns of a map reads one vector of each row. With two of 256 bits it reads whole cache lines; with one it would fetch
/// each line twice.
/// </remarks>
internal readonly struct SimdPair<TSimd, TVector> : ISimd<VectorPair<TVector>>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    /// <inheritdoc/>
    public static int Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 2 * TSimd.Lanes;
    }

    /// <inheritdoc/>
    public static int Registers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TSimd.Registers / 2;
    }

    /// <inheritdoc/>
    public static VectorPair<TVector> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(TSimd.Zero, TSimd.Zero);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Load(ref float source, nint offset) => new(TSimd.Load(ref source, offset), TSimd.Load(ref source, offset + TSimd.Lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> LoadBFloat16(ref ushort source, nint offset)
        => new(TSimd.LoadBFloat16(ref source, offset), TSimd.LoadBFloat16(ref source, offset + TSimd.Lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> LoadInt8(ref sbyte source, nint offset)
        => new(TSimd.LoadInt8(ref source, offset), TSimd.LoadInt8(ref source, offset + TSimd.Lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(VectorPair<TVector> value, ref float destination, nint offset)
    {
        TSimd.Store(value.Low, ref destination, offset);
        TSimd.Store(value.High, ref destination, offset + TSimd.Lanes);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFirst(VectorPair<TVector> value, ref float destination, nint offset, int count)
    {
        TSimd.StoreFirst(value.Low, ref destination, offset, count);
        TSimd.StoreFirst(value.High, ref destination, offset + TSimd.Lanes, count - TSimd.Lanes);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Create(float value) => new(TSimd.Create(value), TSimd.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Add(VectorPair<TVector> a, VectorPair<TVector> b) => new(TSimd.Add(a.Low, b.Low), TSimd.Add(a.High, b.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Subtract(VectorPair<TVector> a, VectorPair<TVector> b)
        => new(TSimd.Subtract(a.Low, b.Low), TSimd.Subtract(a.High, b.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Multiply(VectorPair<TVector> a, VectorPair<TVector> b)
        => new(TSimd.Multiply(a.Low, b.Low), TSimd.Multiply(a.High, b.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Divide(VectorPair<TVector> a, VectorPair<TVector> b) => new(TSimd.Divide(a.Low, b.Low), TSimd.Divide(a.High, b.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> MultiplyAdd(VectorPair<TVector> a, VectorPair<TVector> b, VectorPair<TVector> c)
        => new(TSimd.MultiplyAdd(a.Low, b.Low, c.Low), TSimd.MultiplyAdd(a.High, b.High, c.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Max(VectorPair<TVector> a, VectorPair<TVector> b) => new(TSimd.Max(a.Low, b.Low), TSimd.Max(a.High, b.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Min(VectorPair<TVector> a, VectorPair<TVector> b) => new(TSimd.Min(a.Low, b.Low), TSimd.Min(a.High, b.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> MaxNative(VectorPair<TVector> a, VectorPair<TVector> b)
        => new(TSimd.MaxNative(a.Low, b.Low), TSimd.MaxNative(a.High, b.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> MinNative(VectorPair<TVector> a, VectorPair<TVector> b)
        => new(TSimd.MinNative(a.Low, b.Low), TSimd.MinNative(a.High, b.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Negate(VectorPair<TVector> value) => new(TSimd.Negate(value.Low), TSimd.Negate(value.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Abs(VectorPair<TVector> value) => new(TSimd.Abs(value.Low), TSimd.Abs(value.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Sqrt(VectorPair<TVector> value) => new(TSimd.Sqrt(value.Low), TSimd.Sqrt(value.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Floor(VectorPair<TVector> value) => new(TSimd.Floor(value.Low), TSimd.Floor(value.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Round(VectorPair<TVector> value) => new(TSimd.Round(value.Low), TSimd.Round(value.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> GreaterThan(VectorPair<TVector> a, VectorPair<TVector> b)
        => new(TSimd.GreaterThan(a.Low, b.Low), TSimd.GreaterThan(a.High, b.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> GreaterThanOrEqual(VectorPair<TVector> a, VectorPair<TVector> b)
        => new(TSimd.GreaterThanOrEqual(a.Low, b.Low), TSimd.GreaterThanOrEqual(a.High, b.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Equals(VectorPair<TVector> a, VectorPair<TVector> b) => new(TSimd.Equals(a.Low, b.Low), TSimd.Equals(a.High, b.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Select(VectorPair<TVector> mask, VectorPair<TVector> a, VectorPair<TVector> b)
        => new(TSimd.Select(mask.Low, a.Low, b.Low), TSimd.Select(mask.High, a.High, b.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> And(VectorPair<TVector> a, VectorPair<TVector> b) => new(TSimd.And(a.Low, b.Low), TSimd.And(a.High, b.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> AndNot(VectorPair<TVector> a, VectorPair<TVector> b) => new(TSimd.AndNot(a.Low, b.Low), TSimd.AndNot(a.High, b.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Or(VectorPair<TVector> a, VectorPair<TVector> b) => new(TSimd.Or(a.Low, b.Low), TSimd.Or(a.High, b.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> PowerOfTwo(VectorPair<TVector> exponent) => new(TSimd.PowerOfTwo(exponent.Low), TSimd.PowerOfTwo(exponent.High));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Decompose(VectorPair<TVector> value, out VectorPair<TVector> exponent)
    {
        TVector low = TSimd.Decompose(value.Low, out TVector exponentLow);
        TVector high = TSimd.Decompose(value.High, out TVector exponentHigh);
        exponent = new(exponentLow, exponentHigh);
        return new(low, high);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VectorPair<TVector> Repetition(int first, int times)
        => new(TSimd.Repetition(first, times), TSimd.Repetition(first + TSimd.Lanes, times));

    /// <inheritdoc/>
    /// <remarks>By way of memory: lanes of either half may go to the other one.</remarks>
    public static VectorPair<TVector> Permute(VectorPair<TVector> value, VectorPair<TVector> lanes)
    {
        VectorPair<TVector> permuted = default;
        ref float from = ref Unsafe.As<VectorPair<TVector>, float>(ref value);
        ref int number = ref Unsafe.As<VectorPair<TVector>, int>(ref lanes);
        ref float to = ref Unsafe.As<VectorPair<TVector>, float>(ref permuted);
        for (int lane = 0; lane < Lanes; lane++)
            Unsafe.Add(ref to, lane) = Unsafe.Add(ref from, Unsafe.Add(ref number, lane) & (Lanes - 1));
        return permuted;
    }
}
