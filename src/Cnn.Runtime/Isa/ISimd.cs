using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>One instruction set: the operations out of which every kernel is written, once for all widths.</summary>
/// <typeparam name="TVector">The vector of this width, <see cref="float"/> for the scalar set.</typeparam>
/// <remarks>
/// Each operation rounds in the same way at every width, so a kernel whose lanes never meet gives the same bits on every set. Masks are vectors whose
/// lanes have all bits set or none.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ISimd<TVector>
    where TVector : struct
{
    /// <summary>Floats in a vector: 16, 8, 4 or 1.</summary>
    static abstract int Lanes { get; }

    /// <summary>Vectors that a kernel can count on to stay in registers: 16 or 32.</summary>
    static abstract int Registers { get; }

    /// <summary>All lanes 0.</summary>
    static abstract TVector Zero { get; }

    /// <summary>The lanes at <paramref name="source"/> plus <paramref name="offset"/> floats; no alignment is needed.</summary>
    static abstract TVector Load(ref float source, nint offset);

    /// <summary>The bfloat16 numbers at <paramref name="source"/> plus <paramref name="offset"/> of them, the upper halves of floats, as floats.</summary>
    static abstract TVector LoadBFloat16(ref ushort source, nint offset);

    /// <summary>The whole numbers at <paramref name="source"/> plus <paramref name="offset"/> bytes, as floats.</summary>
    static abstract TVector LoadInt8(ref sbyte source, nint offset);

    /// <summary>Writes the lanes to <paramref name="destination"/> plus <paramref name="offset"/> floats; no alignment is needed.</summary>
    static abstract void Store(TVector value, ref float destination, nint offset);

    /// <summary>
    /// Writes the first lanes to <paramref name="destination"/> plus <paramref name="offset"/> floats, and nothing behind them: none if
    /// <paramref name="count"/> is not positive, all if it is more than there are.
    /// </summary>
    static abstract void StoreFirst(TVector value, ref float destination, nint offset, int count);

    /// <summary>The value in every lane.</summary>
    static abstract TVector Create(float value);

    /// <summary>a + b.</summary>
    static abstract TVector Add(TVector a, TVector b);

    /// <summary>a - b.</summary>
    static abstract TVector Subtract(TVector a, TVector b);

    /// <summary>a b.</summary>
    static abstract TVector Multiply(TVector a, TVector b);

    /// <summary>a / b, correctly rounded.</summary>
    static abstract TVector Divide(TVector a, TVector b);

    /// <summary>a b + c, rounded once where the hardware has fused multiply-add, else twice.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>The larger lane; a NaN on either side is kept.</summary>
    static abstract TVector Max(TVector a, TVector b);

    /// <summary>The smaller lane; a NaN on either side is kept.</summary>
    static abstract TVector Min(TVector a, TVector b);

    /// <summary>The larger lane in one instruction; a NaN is sure to be kept only in <paramref name="b"/>, so a constant stands first.</summary>
    static abstract TVector MaxNative(TVector a, TVector b);

    /// <summary>The smaller lane in one instruction; a NaN is sure to be kept only in <paramref name="b"/>, so a constant stands first.</summary>
    static abstract TVector MinNative(TVector a, TVector b);

    /// <summary>The value with its sign flipped.</summary>
    static abstract TVector Negate(TVector value);

    /// <summary>The value without its sign.</summary>
    static abstract TVector Abs(TVector value);

    /// <summary>The square root, correctly rounded.</summary>
    static abstract TVector Sqrt(TVector value);

    /// <summary>The largest integer not above the value.</summary>
    static abstract TVector Floor(TVector value);

    /// <summary>The nearest integer, halves to the even one.</summary>
    static abstract TVector Round(TVector value);

    /// <summary>The mask of a &gt; b; false beside a NaN.</summary>
    static abstract TVector GreaterThan(TVector a, TVector b);

    /// <summary>The mask of a &gt;= b; false beside a NaN.</summary>
    static abstract TVector GreaterThanOrEqual(TVector a, TVector b);

    /// <summary>The mask of a == b; false beside a NaN.</summary>
    static abstract TVector Equals(TVector a, TVector b);

    /// <summary><paramref name="a"/> where the mask is set, <paramref name="b"/> elsewhere.</summary>
    static abstract TVector Select(TVector mask, TVector a, TVector b);

    /// <summary>The bits that both have.</summary>
    static abstract TVector And(TVector a, TVector b);

    /// <summary>The bits of <paramref name="a"/> that <paramref name="b"/> does not have.</summary>
    static abstract TVector AndNot(TVector a, TVector b);

    /// <summary>The bits that either has.</summary>
    static abstract TVector Or(TVector a, TVector b);

    /// <summary>2 to the power of an integral exponent in [-126, 127]; any bits for other exponents, a NaN included.</summary>
    static abstract TVector PowerOfTwo(TVector exponent);

    /// <summary>
    /// Splits a positive normal value into significand · 2^exponent with the significand in [√½, √2), the interval around 1 in which a logarithm loses no
    /// digits; any bits for other values.
    /// </summary>
    static abstract TVector Decompose(TVector value, out TVector exponent);

    /// <summary>
    /// The whole numbers (<paramref name="first"/> + lane) / <paramref name="times"/>, rounded down, for <see cref="Permute"/>: lanes of which each is
    /// repeated so often. Not negative, and below 2^20.
    /// </summary>
    static abstract TVector Repetition(int first, int times);

    /// <summary>In each lane that lane of <paramref name="value"/> whose number is there in <paramref name="lanes"/>; any bits for numbers of none.</summary>
    static abstract TVector Permute(TVector value, TVector lanes);
}
