using Cnn.CompilerServices;
using Cnn.Runtime.Tests.Isa;

namespace Cnn.Runtime.Tests.Kernels;

[Collection(InstructionSetCollection.Name)]
public sealed class ProductsTests
{
    private const int Positions = 5;
    private const int Channels = 19;
    private const int Pitch = 24;

    /// <summary>Which of positions and channels a factor is repeated over.</summary>
    public static TheoryData<bool, bool, bool, bool> Repetitions
    {
        get
        {
            TheoryData<bool, bool, bool, bool> data = [];
            for (int bits = 0; bits < 16; bits++)
                data.Add((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Repetitions))]
    public void A_product_repeats_what_is_short(bool aPositions, bool aChannels, bool bPositions, bool bChannels)
    {
        float[] a = TestData.Uniform(Positions * Pitch, 1);
        float[] b = TestData.Uniform(Positions * Pitch, 2);
        float[] y = EverySet.Run(() =>
        {
            float[] output = TestData.Output(Positions * Pitch);
            Products.Multiply(ref a[0], Step(aPositions), aChannels, ref b[0], Step(bPositions), bChannels, ref output[0], Positions, Pitch);
            return TestData.Written(output);
        });
        for (int p = 0; p < Positions; p++)
        {
            for (int c = 0; c < Channels; c++)
                Assert.Equal(a[At(p, c, aPositions, aChannels)] * b[At(p, c, bPositions, bChannels)], y[(p * Pitch) + c]);
        }
    }

    [Theory]
    [MemberData(nameof(Repetitions))]
    public void The_gradient_of_a_repeated_factor_is_a_sum(bool dxPositions, bool dxChannels, bool otherPositions, bool otherChannels)
    {
        float[] dy = TestData.Uniform(Positions * Pitch, 1);
        float[] other = TestData.Uniform(Positions * Pitch, 2);
        float[] before = TestData.Uniform(Positions * Pitch, 3);
        float[] dx = EverySet.Run(() =>
        {
            float[] output = TestData.Output(before.Length);
            before.CopyTo(output, 0);
            Products.AddSums(ref dy[0], ref other[0], Step(otherPositions), otherChannels, ref output[0], Step(dxPositions),
                dxChannels, Positions, Channels, Pitch);
            return TestData.Written(output);
        });
        Dictionary<int, (double Sum, double Magnitude)> expected = [];
        for (int p = 0; p < Positions; p++)
        {
            for (int c = 0; c < Channels; c++)
            {
                int at = At(p, c, dxPositions, dxChannels);
                (double sum, double magnitude) = expected.GetValueOrDefault(at, (before[at], Math.Abs(before[at])));
                double term = (double)dy[(p * Pitch) + c] * other[At(p, c, otherPositions, otherChannels)];
                expected[at] = (sum + term, magnitude + Math.Abs(term));
            }
        }

        foreach ((int at, (double sum, double magnitude)) in expected)
            Tolerance.Accumulated((Positions * Channels) + 1, sum, magnitude, dx[at]);
    }

    private static int Step(bool repeated) => repeated ? 0 : Pitch;

    private static int At(int position, int channel, bool positions, bool channels) => (positions ? 0 : position * Pitch) + (channels ? 0 : channel);
}
