using Cnn.CompilerServices;
using Cnn.Runtime.Tests.Isa;

namespace Cnn.Runtime.Tests.Kernels;

[Collection(InstructionSetCollection.Name)]
public sealed class ContractionsTests
{
    private const int Lanes = 24;

    /// <summary>Two row axes of 3 and 2, two reduction axes of 4 and 5; a has steps of its own, b and c lie densely.</summary>
    private static readonly int[] Rows = [3, 50, 2 * Lanes, 2, 7, Lanes];

    private static readonly int[] Reduction = [4, 11, 5 * Lanes, 5, 1, Lanes];

    [Theory]
    [InlineData(Lanes, false)]
    [InlineData(Lanes, true)]
    [InlineData(19, false)]
    [InlineData(3, true)]
    public void Each_sum_starts_at_its_lane_s_start_and_runs_over_the_axes_in_order(int stored, bool aHasLanes)
    {
        float[] a = TestData.Uniform(400, 1);
        float[] b = TestData.Uniform(20 * Lanes, 2);
        float[] start = TestData.Uniform(Lanes, 3);
        float[] c = EverySet.Run(() =>
        {
            float[] output = TestData.Output(6 * Lanes);
            Contractions.Run(ref a[0], ref b[0], ref start[0], ref output[0], Rows, Reduction, Lanes, stored, aHasLanes);
            return TestData.Written(output);
        });
        for (int row = 0; row < 6; row++)
        {
            for (int lane = 0; lane < Lanes; lane++)
            {
                float actual = c[(row * Lanes) + lane];
                if (lane >= stored)
                {
                    Assert.True(TestData.IsUnwritten(actual));
                    continue;
                }

                float sum = start[lane];
                for (int step = 0; step < 20; step++)
                {
                    int at = (row / 2 * 50) + (row % 2 * 7) + (step / 5 * 11) + (step % 5);
                    sum = float.MultiplyAddEstimate(a[at + (aHasLanes ? lane : 0)], b[(step * Lanes) + lane], sum);
                }

                Assert.Equal(sum, actual);
            }
        }
    }

    [Fact]
    public void Without_anything_to_add_the_sums_are_what_they_start_from()
    {
        float[] start = TestData.Uniform(8, 3);
        float[] c = TestData.Output(8);
        Contractions.Run(ref start[0], ref start[0], ref start[0], ref c[0], [], [0, 0, 0], 8, 8, false);
        Assert.Equal(start, TestData.Written(c));
    }
}
