using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>The eight sums of a reduction over channels, as one.</summary>
internal static class ReducedChains
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Join<TReduction>(TReduction reduction, ReadOnlySpan<float> chains)
        where TReduction : struct, IReduction
    {
        float even = reduction.Join<SimdScalar, float>(
            reduction.Join<SimdScalar, float>(chains[0], chains[4]), reduction.Join<SimdScalar, float>(chains[2], chains[6]));
        float odd = reduction.Join<SimdScalar, float>(
            reduction.Join<SimdScalar, float>(chains[1], chains[5]), reduction.Join<SimdScalar, float>(chains[3], chains[7]));
        return reduction.Join<SimdScalar, float>(even, odd);
    }
}
