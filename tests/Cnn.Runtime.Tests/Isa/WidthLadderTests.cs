using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Cnn.CompilerServices;

namespace Cnn.Runtime.Tests.Isa;

[Collection(InstructionSetCollection.Name)]
public sealed class WidthLadderTests
{
    [Fact]
    public void A_range_that_ends_inside_a_512_bit_vector_ends_with_one_step_of_the_next_width()
    {
        int narrower = Vector128.IsHardwareAccelerated ? 4 : 1;
        int next = Avx2.IsSupported && Fma.IsSupported ? 8 : narrower;
        Assert.Equal([16, 16, next], Lanes(InstructionSet.Avx512, 40)[..3]);
    }

    [Fact]
    public void Each_set_runs_its_own_width()
    {
        Assert.All(Lanes(InstructionSet.Scalar, 16), lanes => Assert.Equal(1, lanes));
        Assert.All(Lanes(InstructionSet.Avx512, 32), lanes => Assert.Equal(16, lanes));
        Assert.SkipUnless(Vector128.IsHardwareAccelerated, "no vectors on this machine");
        Assert.All(Lanes(InstructionSet.Neon, 16), lanes => Assert.Equal(4, lanes));
        Assert.All(Lanes(InstructionSet.Wasm, 16), lanes => Assert.Equal(4, lanes));
        Assert.SkipUnless(Avx2.IsSupported && Fma.IsSupported, "no AVX2 with fused multiply-add on this machine");
        Assert.All(Lanes(InstructionSet.Avx2, 16), lanes => Assert.Equal(8, lanes));
    }

    [Theory]
    [InlineData(InstructionSet.Scalar)]
    [InlineData(InstructionSet.Wasm)]
    [InlineData(InstructionSet.Neon)]
    [InlineData(InstructionSet.Avx2)]
    [InlineData(InstructionSet.Avx512)]
    public void Every_element_is_visited_once(InstructionSet set)
    {
        for (int count = 0; count <= 64; count += 8)
            Assert.Equal(count, Lanes(set, count).Sum());
    }

    private static int[] Lanes(InstructionSet set, int count) => EverySet.On(set, () =>
    {
        List<int> lanes = [];
        WidthLadder.Run(new Recorder(lanes), count);
        return lanes.ToArray();
    });

    private readonly struct Recorder(List<int> lanes) : IRangeKernel
    {
        public nint Run<TSimd, TVector>(nint from, nint to)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            nint i = from;
            for (; i <= to - TSimd.Lanes; i += TSimd.Lanes)
                lanes.Add(TSimd.Lanes);
            return i;
        }
    }
}
