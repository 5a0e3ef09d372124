using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y[i] = the groups' sums[g][i], added pairwise: neighbours first, then neighbouring pairs. The sums are overwritten.</summary>
internal readonly ref struct GroupSum(ref float sums, nint groups, nint pitch, ref float y) : IRangeKernel
{
    private readonly ref float _sums = ref sums;
    private readonly nint _groups = groups;
    private readonly nint _pitch = pitch;
    private readonly ref float _y = ref y;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint i = from;
        for (; i <= to - TSimd.Lanes; i += TSimd.Lanes)
        {
            for (nint apart = 1; apart < _groups; apart *= 2)
            {
                for (nint group = 0; group + apart < _groups; group += 2 * apart)
                {
                    nint at = (group * _pitch) + i;
                    TSimd.Store(TSimd.Add(TSimd.Load(ref _sums, at), TSimd.Load(ref _sums, at + (apart * _pitch))), ref _sums, at);
                }
            }

            TSimd.Store(TSimd.Load(ref _sums, i), ref _y, i);
        }

        return i;
    }
}
