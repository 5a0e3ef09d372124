using Cnn.CompilerServices;

namespace Cnn.Training.Tests.Randomness;

public sealed class CounterRandomTests
{
    /// <summary>Known answers of Random123 (kat_vectors, philox4x32 with 10 rounds): counter, key, block.</summary>
    [Theory]
    [InlineData(0UL, 0UL, 0UL, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x85a308d3243f6a88UL, 0x0370734413198a2eUL, 0x299f31d0a4093822UL, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void The_cipher_gives_the_published_answers(ulong index, ulong stream, ulong seed, uint a, uint b, uint c, uint d)
    {
        new CounterRandom(seed, stream).Block(index, out uint first, out uint second, out uint third, out uint fourth);

        Assert.Equal((a, b, c, d), (first, second, third, fourth));
    }

    [Fact]
    public void A_number_depends_on_its_index_alone()
    {
        CounterRandom random = new(3, 5);
        uint[] forward = [.. Enumerable.Range(0, 100).Select(i => random.UInt32((ulong)i))];
        uint[] backward = [.. Enumerable.Range(0, 100).Reverse().Select(i => new CounterRandom(3, 5).UInt32((ulong)i)).Reverse()];

        Assert.Equal(forward, backward);
        Assert.Equal(((ulong)forward[1] << 32) | forward[0], random.UInt64(0));
        Assert.Equal(((ulong)forward[3] << 32) | forward[2], random.UInt64(1));
        Assert.Equal(((ulong)forward[5] << 32) | forward[4], random.UInt64(2));
    }

    [Fact]
    public void Floats_lie_between_0_and_1_and_spread_evenly()
    {
        const int Count = 100_000;
        const int Bins = 50;
        int[] bins = new int[Bins];
        CounterRandom random = new(1, 2);
        for (int i = 0; i < Count; i++)
        {
            float value = random.Single((ulong)i);
            Assert.InRange(value, 0, 1 - float.Epsilon);
            Assert.NotEqual(1, value);
            bins[(int)(value * Bins)]++;
        }

        // Chi-square with 49 degrees of freedom: mean 49, deviation sqrt(98); four deviations.
        double expected = (double)Count / Bins;
        double square = bins.Sum(bin => (bin - expected) * (bin - expected) / expected);
        Assert.InRange(square, 49 - (4 * Math.Sqrt(98)), 49 + (4 * Math.Sqrt(98)));
        Assert.Equal(1, CounterRandom.ToSingle(uint.MaxValue) + (1f / (1 << 24)));
    }

    [Theory]
    [InlineData(0UL, 0UL, 0UL, 1UL)]
    [InlineData(0UL, 0UL, 1UL, 0UL)]
    public void Streams_and_seeds_are_uncorrelated(ulong seed, ulong stream, ulong otherSeed, ulong otherStream)
    {
        const int Count = 100_000;
        CounterRandom one = new(seed, stream);
        CounterRandom other = new(otherSeed, otherStream);
        double sum = 0;
        for (int i = 0; i < Count; i++)
            sum += (one.Single((ulong)i) - 0.5) * (other.Single((ulong)i) - 0.5);

        // Each product has the variance (1/12)².
        Assert.InRange(sum, -4 * Math.Sqrt(Count) / 12, 4 * Math.Sqrt(Count) / 12);
    }
}
