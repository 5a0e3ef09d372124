using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cnn.CompilerServices;

/// <summary>Runs an update rule on the instruction set in use.</summary>
internal static class UpdateKernel
{
    /// <summary>One step on a block; see <see cref="IUpdateRule.Run"/>.</summary>
    public static void Run<TRule>(TRule rule, ref float w, ref float g, ref float state0, ref float state1, nint count)
        where TRule : struct, IUpdateRule
    {
        if (KernelSet.UseAvx512)
            rule.Run<Simd512, Vector512<float>>(ref w, ref g, ref state0, ref state1, count);
        else if (KernelSet.UseAvx2)
            rule.Run<Simd256, Vector256<float>>(ref w, ref g, ref state0, ref state1, count);
        else if (KernelSet.UseVector128)
            rule.Run<Simd128, Vector128<float>>(ref w, ref g, ref state0, ref state1, count);
        else
            rule.Run<SimdScalar, float>(ref w, ref g, ref state0, ref state1, count);
    }

    /// <summary>
    /// The value, with a denormal replaced by 0 and a NaN kept. A state decays towards 0 for ever, and arithmetic on denormals, which .NET cannot switch
    /// off, is up to 100 times slower.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector FlushDenormals<TSimd, TVector>(TVector value, TVector smallestNormal)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => TSimd.AndNot(value, TSimd.GreaterThan(smallestNormal, TSimd.Abs(value)));
}
