using System.Runtime.CompilerServices;

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

/// <summary>Sums over positions, a vector of channels at a time.</summary>
/// <remarks>
/// Four chains, one for each remainder of the position by 4, are combined as (0 + 1) + (2 + 3): the latency of the additions overlaps, and the order is
/// the same at every width. Many positions are summed block by block, so that no addend is small beside its sum: of n positions, n / 1024 + 256 additions
/// follow each other instead of n / 4, and the error is that of so many.
/// </remarks>
internal static class ColumnChains
{
    /// <summary>Positions of a block.</summary>
    public const nint Block = 1024;

    /// <summary>Blocks of so many positions.</summary>
    public static nint Blocks(nint positions) => (positions + Block - 1) / Block;

    /// <summary>Σ_p term(x[p][c]).</summary>
    /// <param name="x">[positions][pitch].</param>
    /// <param name="at">The first channel.</param>
    /// <param name="positions">How many positions.</param>
    /// <param name="pitch">Floats from one position to the next.</param>
    /// <param name="reference">What each term gets.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sum<TTerm, TSimd, TVector>(ref float x, nint at, nint positions, nint pitch, TVector reference)
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
        return TSimd.Add(TSimd.Add(sum0, sum1), TSimd.Add(sum2, sum3));
    }
}
