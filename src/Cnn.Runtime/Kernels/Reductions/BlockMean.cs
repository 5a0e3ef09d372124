using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>mean[c] = Σ_b sums[b][c] / divisor, one block of <see cref="ColumnChains"/> after the other.</summary>
internal readonly ref struct BlockMean(ref float sums, nint blocks, nint pitch, float divisor, ref float mean) : IRangeKernel
{
    private readonly ref float _sums = ref sums;
    private readonly nint _blocks = blocks;
    private readonly nint _pitch = pitch;
    private readonly float _divisor = divisor;
    private readonly ref float _mean = ref mean;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector divisor = TSimd.Create(_divisor);
        nint c = from;
        for (; c <= to - TSimd.Lanes; c += TSimd.Lanes)
        {
            TVector sum = TSimd.Load(ref _sums, c);
            for (nint block = 1; block < _blocks; block++)
                sum = TSimd.Add(sum, TSimd.Load(ref _sums, (block * _pitch) + c));
            TSimd.Store(TSimd.Divide(sum, divisor), ref _mean, c);
        }

        return c;
    }
}
