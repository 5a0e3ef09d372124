using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>y[i] = epilogue(sums[i], residuals[i]) over a range of elements.</summary>
internal readonly ref struct EpiloguePass<TEpilogue>(TEpilogue epilogue, ref float sums, ref float residuals, ref float y) : IRangeKernel
    where TEpilogue : struct, IEpilogue
{
    private readonly TEpilogue _epilogue = epilogue;
    private readonly ref float _sums = ref sums;
    private readonly ref float _residuals = ref residuals;
    private readonly ref float _y = ref y;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public nint Run<TSimd, TVector>(nint from, nint to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TEpilogue epilogue = _epilogue;
        ref float sums = ref _sums;
        ref float residuals = ref _residuals;
        ref float y = ref _y;
        nint i = from;
        for (; i <= to - TSimd.Lanes; i += TSimd.Lanes)
        {
            TVector residual = TEpilogue.ReadsResidual ? TSimd.Load(ref residuals, i) : TSimd.Zero;
            TSimd.Store(epilogue.Of<TSimd, TVector>(TSimd.Load(ref sums, i), residual), ref y, i);
        }

        return i;
    }
}
