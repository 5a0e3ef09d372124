using System.Runtime.Intrinsics;
using Cnn.CompilerServices;

namespace Cnn.Runtime.Tests.Isa;

public sealed class FirstLanesTests
{
    [Fact]
    public void The_first_lanes_are_stored_and_what_follows_is_left_alone()
    {
        for (int count = -1; count <= 17; count++)
        {
            Check<SimdScalar, float>(count);
            Check<Simd128, Vector128<float>>(count);
            Check<Simd256, Vector256<float>>(count);
            Check<Simd512, Vector512<float>>(count);
            Check<SimdPair<Simd256, Vector256<float>>, VectorPair<Vector256<float>>>(count);
        }
    }

    private static void Check<TSimd, TVector>(int count)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        float[] values = TestData.Uniform(TSimd.Lanes, 1);
        float[] stored = [.. Enumerable.Repeat(7f, TSimd.Lanes + 1)];
        KernelConstants.StoreValid<TSimd, TVector>(TSimd.Load(ref values[0], 0), ref stored[0], count);
        Assert.Equal(values.Take(count).Concat(Enumerable.Repeat(7f, TSimd.Lanes + 1 - Math.Clamp(count, 0, TSimd.Lanes))), stored);
    }
}
