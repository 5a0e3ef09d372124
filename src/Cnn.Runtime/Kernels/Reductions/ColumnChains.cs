using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cnn.CompilerServices;

/// <summary>What a sum over the positions of a channel adds for each.</summary>
internal interface IColumnTerm
{
    /// <param name="sum">The sum so far.</param>
    /// <param name="x">The element.</param>
    /// <param name="reference">A number of the channel that the term may be taken from.</param>
    static abstract TVector Add<TSimd, TVector>(TVector sum, TVector x, TVector reference)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;
}

/// <summary>Sums over positions.</summary>
/// <remarks>
/// Four chains, one for each remainder of the position by 4, are combined as (0 + 1) + (2 + 3): the latency of the additions overlaps, and the order is
/// the same at every width. Many positions are summed block by block, so that no addend is small beside its sum: of n positions, n / 1024 + 256 additions
/// follow each other instead of n / 4, and the error is that of so many. Of a large map with several vectors of channels, the chains are kept in memory and
/// positions are read one after the other, because memory brings one stream at two to three times the rate of lines that lie apart.
/// </remarks>
internal static class ColumnChains
{
    /// <summary>Positions of a block.</summary>
    public const nint Block = 1024;

    /// <summary>Blocks of so many positions.</summary>
    public static nint Blocks(nint positions) => (positions + Block - 1) / Block;

    /// <summary>Chains of a channel.</summary>
    private const int Chains = 4;

    /// <summary>Floats of a map that the second-level cache has kept since it was made: there, chains in registers are faster.</summary>
    private const int SmallMap = 1 << 14;

    /// <summary>Channels whose chains the first-level cache keeps beside the map.</summary>
    private const int MostChannels = 512;

    /// <summary>sums[c] = Σ_p term(x[p][c]), as far as whole vectors reach.</summary>
    /// <param name="x">[positions][pitch].</param>
    /// <param name="from">The first channel.</param>
    /// <param name="to">The channel behind the last.</param>
    /// <param name="positions">How many positions.</param>
    /// <param name="pitch">Floats from one position to the next.</param>
    /// <param name="reference">What each channel's terms get [pitch].</param>
    /// <param name="sums">Output [pitch]; may be the reference only of terms that do not read it.</param>
    /// <returns>The first channel that is left.</returns>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static nint Sums<TTerm, TSimd, TVector>(
        ref float x, nint from, nint to, nint positions, nint pitch, ref float reference, ref float sums)
        where TTerm : struct, IColumnTerm
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint end = from + ((to - from) / TSimd.Lanes * TSimd.Lanes);
        if (IsByVectors(end - from == TSimd.Lanes, positions * pitch))
        {
            for (nint c = from; c < end; c += TSimd.Lanes)
                TSimd.Store(Sum<TTerm, TSimd, TVector>(ref x, c, positions, pitch, TSimd.Load(ref reference, c)), ref sums, c);
            return end;
        }

        Span<float> chains = stackalloc float[Chains * MostChannels];
        for (nint c = from; c < end; c += MostChannels)
        {
            SumRows<TTerm, TSimd, TVector>(
                ref Unsafe.Add(ref x, c), nint.Min(end - c, MostChannels), positions, pitch, ref Unsafe.Add(ref reference, c),
                ref MemoryMarshal.GetReference(chains), ref Unsafe.Add(ref sums, c));
        }

        return end;
    }

    /// <summary>Whether the positions of one vector of channels are summed before those of the next, and not position by position.</summary>
    /// <param name="isOneVector">Whether there is one vector of channels.</param>
    /// <param name="floats">Of the map.</param>
    public static bool IsByVectors(bool isOneVector, nint floats) => isOneVector || floats <= SmallMap;

    /// <summary>Σ_p term(x[p][at]) of one vector, its chains in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Sum<TTerm, TSimd, TVector>(ref float x, nint at, nint positions, nint pitch, TVector reference)
        where TTerm : struct, IColumnTerm
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector sum = SumOfBlock<TTerm, TSimd, TVector>(ref x, at, Math.Min(positions, Block), pitch, reference);
        for (nint first = Block; first < positions; first += Block)
            sum = TSimd.Add(sum, SumOfBlock<TTerm, TSimd, TVector>(ref x, at + (first * pitch), Math.Min(positions - first, Block), pitch, reference));
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector SumOfBlock<TTerm, TSimd, TVector>(ref float x, nint at, nint positions, nint pitch, TVector reference)
        where TTerm : struct, IColumnTerm
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector sum0 = TSimd.Zero, sum1 = TSimd.Zero, sum2 = TSimd.Zero, sum3 = TSimd.Zero;
        Add<TTerm, TSimd, TVector>(ref x, at, positions, pitch, reference, ref sum0, ref sum1, ref sum2, ref sum3);
        return TSimd.Add(TSimd.Add(sum0, sum1), TSimd.Add(sum2, sum3));
    }

    /// <summary>Goes on with the chains of a vector, of which the first is that of the first position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<TTerm, TSimd, TVector>(
        ref float x, nint at, nint positions, nint pitch, TVector reference, ref TVector sum0, ref TVector sum1, ref TVector sum2, ref TVector sum3)
        where TTerm : struct, IColumnTerm
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint left = positions;
        for (; left >= 4; left -= 4, at += 4 * pitch)
        {
            sum0 = TTerm.Add<TSimd, TVector>(sum0, TSimd.Load(ref x, at), reference);
            sum1 = TTerm.Add<TSimd, TVector>(sum1, TSimd.Load(ref x, at + pitch), reference);
            sum2 = TTerm.Add<TSimd, TVector>(sum2, TSimd.Load(ref x, at + (2 * pitch)), reference);
            sum3 = TTerm.Add<TSimd, TVector>(sum3, TSimd.Load(ref x, at + (3 * pitch)), reference);
        }

        if (left > 0)
            sum0 = TTerm.Add<TSimd, TVector>(sum0, TSimd.Load(ref x, at), reference);
        if (left > 1)
            sum1 = TTerm.Add<TSimd, TVector>(sum1, TSimd.Load(ref x, at + pitch), reference);
        if (left > 2)
            sum2 = TTerm.Add<TSimd, TVector>(sum2, TSimd.Load(ref x, at + (2 * pitch)), reference);
    }

    /// <summary>The same sums of several vectors, position by position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SumRows<TTerm, TSimd, TVector>(
        ref float x, nint width, nint positions, nint pitch, ref float reference, ref float chains, ref float sums)
        where TTerm : struct, IColumnTerm
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint first = 0;
        do
        {
            ElementWise.Clear(ref chains, Chains * width);
            nint end = nint.Min(positions, first + Block);
            nint chain = 0;
            for (; first < end; first++)
            {
                nint row = first * pitch;
                for (nint c = 0; c < width; c += TSimd.Lanes)
                {
                    TVector sum = TSimd.Load(ref chains, chain + c);
                    TSimd.Store(TTerm.Add<TSimd, TVector>(sum, TSimd.Load(ref x, row + c), TSimd.Load(ref reference, c)), ref chains, chain + c);
                }

                chain = chain == (Chains - 1) * width ? 0 : chain + width;
            }

            for (nint c = 0; c < width; c += TSimd.Lanes)
            {
                TVector sum01 = TSimd.Add(TSimd.Load(ref chains, c), TSimd.Load(ref chains, width + c));
                TVector sum23 = TSimd.Add(TSimd.Load(ref chains, (2 * width) + c), TSimd.Load(ref chains, (3 * width) + c));
                TVector block = TSimd.Add(sum01, sum23);
                TSimd.Store(first <= Block ? block : TSimd.Add(TSimd.Load(ref sums, c), block), ref sums, c);
            }
        }
        while (first < positions);
    }
}
