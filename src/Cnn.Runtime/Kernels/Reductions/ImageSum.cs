using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>sums[c] = Σ_n partials[n][c], in the order of the images.</summary>
/// <remarks>One chain: the number of images is small, and their order is part of the result.</remarks>
internal readonly ref struct ImageSum(ref float partials, nint images, nint pitch, ref float sums) : IRangeKernel
{
    private readonly ref float _partials = ref partials;
    private readonly nint _images = images;
    private readonly nint _pitch = pitch;
    private readonly ref float _sums = ref sums;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        ref float partials = ref _partials;
        nint pitch = _pitch;
        nint end = _images * pitch;
        nint c = from;
        for (; c <= to - TSimd.Lanes; c += TSimd.Lanes)
        {
            TVector sum = TSimd.Zero;
            for (nint at = c; at < end; at += pitch)
                sum = TSimd.Add(sum, TSimd.Load(ref partials, at));
            TSimd.Store(sum, ref _sums, c);
        }
        return c;
    }
}
