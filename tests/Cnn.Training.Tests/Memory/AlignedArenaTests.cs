using System.Runtime.CompilerServices;
using Cnn.CompilerServices;

namespace Cnn.Training.Tests.Memory;

public sealed class AlignedArenaTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(1000)]
    [InlineData(1_000_003)]
    public void A_block_starts_at_a_cache_line_is_zero_and_can_be_read_behind_its_end(long length)
    {
        using AlignedArena arena = new(length);

        Assert.Equal(0, AddressOf(ref arena.Start) % 64);
        Assert.Equal(length, arena.Length);
        Assert.False(arena.Slice(0, (int)length).ContainsAnyExcept(0f));
        for (int i = 0; i < AlignedArena.Slack; i++)
            Assert.Equal(0, Unsafe.Add(ref arena.Start, (nint)length + i));
    }

    [Fact]
    public void Slices_are_views_of_the_block()
    {
        using AlignedArena arena = new(100);
        arena.Slice(40, 10).Fill(3);

        Assert.Equal(3, Unsafe.Add(ref arena.Start, 40));
        Assert.Equal(0, Unsafe.Add(ref arena.Start, 50));
        Assert.Equal(30, arena.Slice(0, 100).ToArray().Sum());
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 101)]
    [InlineData(100, 1)]
    [InlineData(long.MaxValue, 1)]
    [InlineData(0, -1)]
    public void A_slice_outside_the_block_is_refused(long offset, int length)
    {
        using AlignedArena arena = new(100);

        Assert.Throws<ArgumentOutOfRangeException>(() => arena.Slice(offset, length));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void An_impossible_length_is_refused(long length) => Assert.Throws<ArgumentOutOfRangeException>(() => new AlignedArena(length));

    [Fact]
    public void A_disposed_block_is_refused_but_a_view_of_it_stays_valid()
    {
        AlignedArena arena = new(1000);
        Span<float> view = arena.Slice(0, 1000);
        arena.Dispose();
        arena.Dispose();
        GC.Collect();
        view.Fill(1);

        Assert.Equal(1, view[999]);
        Assert.Throws<ObjectDisposedException>(() => arena.Slice(0, 1));
        Assert.Throws<ObjectDisposedException>(() => _ = arena.Start);
    }

    private static nint AddressOf(ref float place) => Unsafe.ByteOffset(ref Unsafe.NullRef<float>(), ref place);
}
