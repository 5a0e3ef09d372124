using Cnn.CompilerServices;
using CsCheck;

namespace Cnn.Training.Tests.Threading;

public sealed class WorkerTests
{
    [Fact]
    public void Shares_are_contiguous_cover_everything_once_and_differ_by_at_most_one() =>
        Gen.Select(Gen.Int[1, 64], Gen.OneOf(Gen.Int[0, 200], Gen.Int[0, int.MaxValue])).Sample((workers, items) =>
        {
            int next = 0;
            for (int index = 0; index < workers; index++)
            {
                new Worker(null, index, workers).Range(items, out int from, out int to);
                new Worker(null, index, workers).Range((nint)items, out nint wideFrom, out nint wideTo);
                Assert.Equal(next, from);
                Assert.InRange(to - from, items / workers, (items / workers) + 1);
                Assert.Equal((from, to), ((int)wideFrom, (int)wideTo));
                next = to;
            }

            Assert.Equal(items, next);
        });

    [Fact]
    public void A_lone_worker_passes_its_barriers() => new Worker(null, 0, 1).Barrier();
}
