using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>Goes on with the chains of a block of <see cref="ColumnChains"/>: chains[p mod 4][c] += x[p][c].</summary>
/// <param name="x">[count][pitch].</param>
/// <param name="count">Positions to add.</param>
/// <param name="pitch">Floats from one position to the next.</param>
/// <param name="chains">[4][pitch]; not read where the block begins.</param>
/// <param name="place">The first of the positions, within the block.</param>
/// <param name="ends">Whether the block ends behind them: then the sum of its chains is written.</param>
/// <param name="sum">[pitch].</param>
internal readonly ref struct ColumnChainAddition(ref float x, nint count, nint pitch, ref float chains, nint place, bool ends, ref float sum) : IRangeKernel
{
    private readonly ref float _x = ref x;
    private readonly nint _count = count;
    private readonly nint _pitch = pitch;
    private readonly ref float _chains = ref chains;
    private readonly nint _place = place;
    private readonly bool _ends = ends;
    private readonly ref float _sum = ref sum;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        ref float x = ref _x, chains = ref _chains;
        nint pitch = _pitch;
        // Chains are turned so that the first position's comes first.
        nint chain0 = (_place & 3) * pitch, chain1 = ((_place + 1) & 3) * pitch, chain2 = ((_place + 2) & 3) * pitch, chain3 = ((_place + 3) & 3) * pitch;
        nint c = from;
        for (; c <= to - TSimd.Lanes; c += TSimd.Lanes)
        {
            TVector sum0 = TSimd.Zero, sum1 = TSimd.Zero, sum2 = TSimd.Zero, sum3 = TSimd.Zero;
            if (_place > 0)
            {
                sum0 = TSimd.Load(ref chains, chain0 + c);
                sum1 = TSimd.Load(ref chains, chain1 + c);
                sum2 = TSimd.Load(ref chains, chain2 + c);
                sum3 = TSimd.Load(ref chains, chain3 + c);
            }

            ColumnChains.Add<ColumnSum.Element, TSimd, TVector>(ref x, c, _count, pitch, TSimd.Zero, ref sum0, ref sum1, ref sum2, ref sum3);
            TSimd.Store(sum0, ref chains, chain0 + c);
            TSimd.Store(sum1, ref chains, chain1 + c);
            TSimd.Store(sum2, ref chains, chain2 + c);
            TSimd.Store(sum3, ref chains, chain3 + c);
            if (!_ends)
                continue;
            // Back in their own order.
            TVector even = TSimd.Add(TSimd.Load(ref chains, c), TSimd.Load(ref chains, pitch + c));
            TSimd.Store(TSimd.Add(even, TSimd.Add(TSimd.Load(ref chains, (2 * pitch) + c), TSimd.Load(ref chains, (3 * pitch) + c))), ref _sum, c);
        }

        return c;
    }
}
