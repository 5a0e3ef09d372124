using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Cnn.CompilerServices;

/// <summary>The words in which generated kernels are written, once for all instruction sets: the class of a network's kernels inherits them.</summary>
/// <typeparam name="TSimd">The instruction set.</typeparam>
/// <typeparam name="TVector">Its vector.</typeparam>
/// <remarks>
/// Every offset is in floats and a constant where it is called, and everything is compiled into the kernel: a sum that is handed over by reference
/// stays in its register. What takes several vectors reads or writes them side by side.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class VectorKernels<TSimd, TVector> : Addressing
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
{
    /// <summary>Nobody makes one: all members are static, and static classes cannot inherit.</summary>
    protected VectorKernels()
    {
    }

    /// <summary>Floats in a vector: 16, 8, 4 or 1.</summary>
    protected static int Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TSimd.Lanes;
    }

    /// <summary>Vectors that stay in registers: 16 or 32.</summary>
    protected static int Registers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TSimd.Registers;
    }

    /// <summary>All lanes 0.</summary>
    protected static TVector Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TSimd.Zero;
    }

    /// <summary>The value in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static TVector Create(float value) => TSimd.Create(value);

    /// <summary>One vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static TVector Load(ref float source, nint offset) => TSimd.Load(ref source, offset);

    /// <summary>Two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Load(ref float source, nint offset, out TVector v0, out TVector v1)
    {
        v0 = TSimd.Load(ref source, offset);
        v1 = TSimd.Load(ref source, offset + TSimd.Lanes);
    }

    /// <summary>Three vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Load(ref float source, nint offset, out TVector v0, out TVector v1, out TVector v2)
    {
        v0 = TSimd.Load(ref source, offset);
        v1 = TSimd.Load(ref source, offset + TSimd.Lanes);
        v2 = TSimd.Load(ref source, offset + (2 * TSimd.Lanes));
    }

    /// <summary>Four vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Load(ref float source, nint offset, out TVector v0, out TVector v1, out TVector v2, out TVector v3)
    {
        v0 = TSimd.Load(ref source, offset);
        v1 = TSimd.Load(ref source, offset + TSimd.Lanes);
        v2 = TSimd.Load(ref source, offset + (2 * TSimd.Lanes));
        v3 = TSimd.Load(ref source, offset + (3 * TSimd.Lanes));
    }

    /// <summary>
    /// Asks for a cache line that will be read soon, which need not exist: into the second-level cache on x86; elsewhere .NET has no instruction for it.
    /// </summary>
    /// <param name="source">Any float of it.</param>
    /// <returns>The same place in the next line.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static unsafe ref float Prefetch(ref float source)
    {
        if (Sse.IsSupported)
            Sse.Prefetch1(Unsafe.AsPointer(ref source));
        return ref Unsafe.Add(ref source, 16);
    }

    /// <summary>Zeros for the first part of a sum; for the others what is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static TVector Resume(bool first, ref float sums, nint offset) => first ? TSimd.Zero : TSimd.Load(ref sums, offset);

    /// <inheritdoc cref="Resume(bool, ref float, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Resume(bool first, ref float sums, nint offset, out TVector s0, out TVector s1)
    {
        s0 = first ? TSimd.Zero : TSimd.Load(ref sums, offset);
        s1 = first ? TSimd.Zero : TSimd.Load(ref sums, offset + TSimd.Lanes);
    }

    /// <inheritdoc cref="Resume(bool, ref float, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Resume(bool first, ref float sums, nint offset, out TVector s0, out TVector s1, out TVector s2)
    {
        s0 = first ? TSimd.Zero : TSimd.Load(ref sums, offset);
        s1 = first ? TSimd.Zero : TSimd.Load(ref sums, offset + TSimd.Lanes);
        s2 = first ? TSimd.Zero : TSimd.Load(ref sums, offset + (2 * TSimd.Lanes));
    }

    /// <inheritdoc cref="Resume(bool, ref float, nint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Resume(bool first, ref float sums, nint offset, out TVector s0, out TVector s1, out TVector s2, out TVector s3)
    {
        s0 = first ? TSimd.Zero : TSimd.Load(ref sums, offset);
        s1 = first ? TSimd.Zero : TSimd.Load(ref sums, offset + TSimd.Lanes);
        s2 = first ? TSimd.Zero : TSimd.Load(ref sums, offset + (2 * TSimd.Lanes));
        s3 = first ? TSimd.Zero : TSimd.Load(ref sums, offset + (3 * TSimd.Lanes));
    }

    /// <summary>Adds one number times the lanes of a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void MultiplyAdd(ref float a, int offset, TVector v0, ref TVector s0) =>
        s0 = TSimd.MultiplyAdd(TSimd.Create(Unsafe.Add(ref a, offset)), v0, s0);

    /// <summary>Adds one number times the lanes of two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void MultiplyAdd(ref float a, int offset, TVector v0, TVector v1, ref TVector s0, ref TVector s1)
    {
        TVector x = TSimd.Create(Unsafe.Add(ref a, offset));
        s0 = TSimd.MultiplyAdd(x, v0, s0);
        s1 = TSimd.MultiplyAdd(x, v1, s1);
    }

    /// <summary>Adds one number times the lanes of three vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void MultiplyAdd(ref float a, int offset, TVector v0, TVector v1, TVector v2, ref TVector s0, ref TVector s1, ref TVector s2)
    {
        TVector x = TSimd.Create(Unsafe.Add(ref a, offset));
        s0 = TSimd.MultiplyAdd(x, v0, s0);
        s1 = TSimd.MultiplyAdd(x, v1, s1);
        s2 = TSimd.MultiplyAdd(x, v2, s2);
    }

    /// <summary>Adds one number times the lanes of four vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void MultiplyAdd(
        ref float a, int offset, TVector v0, TVector v1, TVector v2, TVector v3, ref TVector s0, ref TVector s1, ref TVector s2, ref TVector s3)
    {
        TVector x = TSimd.Create(Unsafe.Add(ref a, offset));
        s0 = TSimd.MultiplyAdd(x, v0, s0);
        s1 = TSimd.MultiplyAdd(x, v1, s1);
        s2 = TSimd.MultiplyAdd(x, v2, s2);
        s3 = TSimd.MultiplyAdd(x, v3, s3);
    }

    /// <summary>Adds a vector times another, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void MultiplyAdd(TVector x, TVector v, ref TVector s) => s = TSimd.MultiplyAdd(x, v, s);

    /// <summary>Adds one vector in memory times another, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void MultiplyAddLanes(ref float a, nint offset, TVector v0, ref TVector s0) =>
        s0 = TSimd.MultiplyAdd(TSimd.Load(ref a, offset), v0, s0);

    /// <summary>Adds two vectors in memory times two others, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void MultiplyAddLanes(ref float a, nint offset, TVector v0, TVector v1, ref TVector s0, ref TVector s1)
    {
        s0 = TSimd.MultiplyAdd(TSimd.Load(ref a, offset), v0, s0);
        s1 = TSimd.MultiplyAdd(TSimd.Load(ref a, offset + TSimd.Lanes), v1, s1);
    }

    /// <summary>Adds three vectors in memory times three others, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void MultiplyAddLanes(ref float a, nint offset, TVector v0, TVector v1, TVector v2, ref TVector s0, ref TVector s1, ref TVector s2)
    {
        s0 = TSimd.MultiplyAdd(TSimd.Load(ref a, offset), v0, s0);
        s1 = TSimd.MultiplyAdd(TSimd.Load(ref a, offset + TSimd.Lanes), v1, s1);
        s2 = TSimd.MultiplyAdd(TSimd.Load(ref a, offset + (2 * TSimd.Lanes)), v2, s2);
    }

    /// <summary>Adds four vectors in memory times four others, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void MultiplyAddLanes(
        ref float a, nint offset, TVector v0, TVector v1, TVector v2, TVector v3, ref TVector s0, ref TVector s1, ref TVector s2, ref TVector s3)
    {
        s0 = TSimd.MultiplyAdd(TSimd.Load(ref a, offset), v0, s0);
        s1 = TSimd.MultiplyAdd(TSimd.Load(ref a, offset + TSimd.Lanes), v1, s1);
        s2 = TSimd.MultiplyAdd(TSimd.Load(ref a, offset + (2 * TSimd.Lanes)), v2, s2);
        s3 = TSimd.MultiplyAdd(TSimd.Load(ref a, offset + (3 * TSimd.Lanes)), v3, s3);
    }

    /// <summary>Writes one vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Store(ref float destination, nint offset, TVector v0) => TSimd.Store(v0, ref destination, offset);

    /// <summary>Writes two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Store(ref float destination, nint offset, TVector v0, TVector v1)
    {
        TSimd.Store(v0, ref destination, offset);
        TSimd.Store(v1, ref destination, offset + TSimd.Lanes);
    }

    /// <summary>Writes three vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Store(ref float destination, nint offset, TVector v0, TVector v1, TVector v2)
    {
        TSimd.Store(v0, ref destination, offset);
        TSimd.Store(v1, ref destination, offset + TSimd.Lanes);
        TSimd.Store(v2, ref destination, offset + (2 * TSimd.Lanes));
    }

    /// <summary>Writes four vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Store(ref float destination, nint offset, TVector v0, TVector v1, TVector v2, TVector v3)
    {
        TSimd.Store(v0, ref destination, offset);
        TSimd.Store(v1, ref destination, offset + TSimd.Lanes);
        TSimd.Store(v2, ref destination, offset + (2 * TSimd.Lanes));
        TSimd.Store(v3, ref destination, offset + (3 * TSimd.Lanes));
    }

    /// <summary>Finishes and writes one vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Store<TEpilogue>(TEpilogue epilogue, ref float destination, nint offset, TVector v0)
        where TEpilogue : struct, IEpilogue
    {
        TSimd.Store(epilogue.Of<TSimd, TVector>(v0, TSimd.Zero), ref destination, offset);
    }

    /// <summary>Finishes and writes two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Store<TEpilogue>(TEpilogue epilogue, ref float destination, nint offset, TVector v0, TVector v1)
        where TEpilogue : struct, IEpilogue
    {
        TSimd.Store(epilogue.Of<TSimd, TVector>(v0, TSimd.Zero), ref destination, offset);
        TSimd.Store(epilogue.Of<TSimd, TVector>(v1, TSimd.Zero), ref destination, offset + TSimd.Lanes);
    }

    /// <summary>Finishes and writes three vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Store<TEpilogue>(TEpilogue epilogue, ref float destination, nint offset, TVector v0, TVector v1, TVector v2)
        where TEpilogue : struct, IEpilogue
    {
        TSimd.Store(epilogue.Of<TSimd, TVector>(v0, TSimd.Zero), ref destination, offset);
        TSimd.Store(epilogue.Of<TSimd, TVector>(v1, TSimd.Zero), ref destination, offset + TSimd.Lanes);
        TSimd.Store(epilogue.Of<TSimd, TVector>(v2, TSimd.Zero), ref destination, offset + (2 * TSimd.Lanes));
    }

    /// <summary>Finishes and writes four vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Store<TEpilogue>(TEpilogue epilogue, ref float destination, nint offset, TVector v0, TVector v1, TVector v2, TVector v3)
        where TEpilogue : struct, IEpilogue
    {
        TSimd.Store(epilogue.Of<TSimd, TVector>(v0, TSimd.Zero), ref destination, offset);
        TSimd.Store(epilogue.Of<TSimd, TVector>(v1, TSimd.Zero), ref destination, offset + TSimd.Lanes);
        TSimd.Store(epilogue.Of<TSimd, TVector>(v2, TSimd.Zero), ref destination, offset + (2 * TSimd.Lanes));
        TSimd.Store(epilogue.Of<TSimd, TVector>(v3, TSimd.Zero), ref destination, offset + (3 * TSimd.Lanes));
    }

    /// <summary>Finishes one vector with as many residuals, and writes them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Store<TEpilogue>(
        TEpilogue epilogue, ref float residuals, nint place, ref float destination, nint offset, TVector v0)
        where TEpilogue : struct, IEpilogue
    {
        TSimd.Store(epilogue.Of<TSimd, TVector>(v0, TSimd.Load(ref residuals, place)), ref destination, offset);
    }

    /// <summary>Finishes two vectors with as many residuals, and writes them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Store<TEpilogue>(
        TEpilogue epilogue, ref float residuals, nint place, ref float destination, nint offset, TVector v0, TVector v1)
        where TEpilogue : struct, IEpilogue
    {
        TSimd.Store(epilogue.Of<TSimd, TVector>(v0, TSimd.Load(ref residuals, place)), ref destination, offset);
        TSimd.Store(epilogue.Of<TSimd, TVector>(v1, TSimd.Load(ref residuals, place + TSimd.Lanes)), ref destination, offset + TSimd.Lanes);
    }

    /// <summary>Finishes three vectors with as many residuals, and writes them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Store<TEpilogue>(
        TEpilogue epilogue, ref float residuals, nint place, ref float destination, nint offset, TVector v0, TVector v1, TVector v2)
        where TEpilogue : struct, IEpilogue
    {
        TSimd.Store(epilogue.Of<TSimd, TVector>(v0, TSimd.Load(ref residuals, place)), ref destination, offset);
        TSimd.Store(epilogue.Of<TSimd, TVector>(v1, TSimd.Load(ref residuals, place + TSimd.Lanes)), ref destination, offset + TSimd.Lanes);
        TSimd.Store(epilogue.Of<TSimd, TVector>(v2, TSimd.Load(ref residuals, place + (2 * TSimd.Lanes))), ref destination, offset + (2 * TSimd.Lanes));
    }

    /// <summary>Finishes four vectors with as many residuals, and writes them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Store<TEpilogue>(
        TEpilogue epilogue, ref float residuals, nint place, ref float destination, nint offset, TVector v0, TVector v1, TVector v2, TVector v3)
        where TEpilogue : struct, IEpilogue
    {
        TSimd.Store(epilogue.Of<TSimd, TVector>(v0, TSimd.Load(ref residuals, place)), ref destination, offset);
        TSimd.Store(epilogue.Of<TSimd, TVector>(v1, TSimd.Load(ref residuals, place + TSimd.Lanes)), ref destination, offset + TSimd.Lanes);
        TSimd.Store(epilogue.Of<TSimd, TVector>(v2, TSimd.Load(ref residuals, place + (2 * TSimd.Lanes))), ref destination, offset + (2 * TSimd.Lanes));
        TSimd.Store(epilogue.Of<TSimd, TVector>(v3, TSimd.Load(ref residuals, place + (3 * TSimd.Lanes))), ref destination, offset + (3 * TSimd.Lanes));
    }

    /// <summary>Writes the first lanes and leaves what follows them in memory alone.</summary>
    /// <param name="destination">Receives them, <paramref name="offset"/> floats further on.</param>
    /// <param name="offset">Where.</param>
    /// <param name="value">A vector.</param>
    /// <param name="valid">How many; none if not positive, all if more than there are.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void StoreValid(ref float destination, int offset, TVector value, int valid) =>
        TSimd.StoreFirst(value, ref destination, offset, valid);

    /// <summary>Writes the first lanes, and zeros for the others.</summary>
    /// <param name="destination">Receives them, <paramref name="offset"/> floats further on.</param>
    /// <param name="offset">Where.</param>
    /// <param name="value">A vector.</param>
    /// <param name="valid">How many; none if not positive, all if more than there are.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void StoreValidAndZeros(ref float destination, int offset, TVector value, int valid)
    {
        Store(ref destination, offset, Zero);
        StoreValid(ref destination, offset, value, valid);
    }

    /// <summary>A sum as it is stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Finish<TEpilogue>(TEpilogue epilogue, ref TVector s0)
        where TEpilogue : struct, IEpilogue => s0 = epilogue.Of<TSimd, TVector>(s0, TSimd.Zero);

    /// <summary>Two sums as they are stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Finish<TEpilogue>(TEpilogue epilogue, ref TVector s0, ref TVector s1)
        where TEpilogue : struct, IEpilogue
    {
        s0 = epilogue.Of<TSimd, TVector>(s0, TSimd.Zero);
        s1 = epilogue.Of<TSimd, TVector>(s1, TSimd.Zero);
    }

    /// <summary>Three sums as they are stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Finish<TEpilogue>(TEpilogue epilogue, ref TVector s0, ref TVector s1, ref TVector s2)
        where TEpilogue : struct, IEpilogue
    {
        s0 = epilogue.Of<TSimd, TVector>(s0, TSimd.Zero);
        s1 = epilogue.Of<TSimd, TVector>(s1, TSimd.Zero);
        s2 = epilogue.Of<TSimd, TVector>(s2, TSimd.Zero);
    }

    /// <summary>Four sums as they are stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Finish<TEpilogue>(TEpilogue epilogue, ref TVector s0, ref TVector s1, ref TVector s2, ref TVector s3)
        where TEpilogue : struct, IEpilogue
    {
        s0 = epilogue.Of<TSimd, TVector>(s0, TSimd.Zero);
        s1 = epilogue.Of<TSimd, TVector>(s1, TSimd.Zero);
        s2 = epilogue.Of<TSimd, TVector>(s2, TSimd.Zero);
        s3 = epilogue.Of<TSimd, TVector>(s3, TSimd.Zero);
    }

    /// <summary>A sum as it is stored, with residuals.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Finish<TEpilogue>(TEpilogue epilogue, ref float residuals, nint place, ref TVector s0)
        where TEpilogue : struct, IEpilogue => s0 = epilogue.Of<TSimd, TVector>(s0, TSimd.Load(ref residuals, place));

    /// <summary>Two sums as they are stored, with residuals.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Finish<TEpilogue>(TEpilogue epilogue, ref float residuals, nint place, ref TVector s0, ref TVector s1)
        where TEpilogue : struct, IEpilogue
    {
        s0 = epilogue.Of<TSimd, TVector>(s0, TSimd.Load(ref residuals, place));
        s1 = epilogue.Of<TSimd, TVector>(s1, TSimd.Load(ref residuals, place + TSimd.Lanes));
    }

    /// <summary>Three sums as they are stored, with residuals.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Finish<TEpilogue>(TEpilogue epilogue, ref float residuals, nint place, ref TVector s0, ref TVector s1, ref TVector s2)
        where TEpilogue : struct, IEpilogue
    {
        s0 = epilogue.Of<TSimd, TVector>(s0, TSimd.Load(ref residuals, place));
        s1 = epilogue.Of<TSimd, TVector>(s1, TSimd.Load(ref residuals, place + TSimd.Lanes));
        s2 = epilogue.Of<TSimd, TVector>(s2, TSimd.Load(ref residuals, place + (2 * TSimd.Lanes)));
    }

    /// <summary>Four sums as they are stored, with residuals.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Finish<TEpilogue>(TEpilogue epilogue, ref float residuals, nint place, ref TVector s0, ref TVector s1, ref TVector s2, ref TVector s3)
        where TEpilogue : struct, IEpilogue
    {
        s0 = epilogue.Of<TSimd, TVector>(s0, TSimd.Load(ref residuals, place));
        s1 = epilogue.Of<TSimd, TVector>(s1, TSimd.Load(ref residuals, place + TSimd.Lanes));
        s2 = epilogue.Of<TSimd, TVector>(s2, TSimd.Load(ref residuals, place + (2 * TSimd.Lanes)));
        s3 = epilogue.Of<TSimd, TVector>(s3, TSimd.Load(ref residuals, place + (3 * TSimd.Lanes)));
    }
}
