using System.Diagnostics;
using System.Runtime.CompilerServices;
using Cnn.CompilerServices;

namespace Cnn.Training.Tests.Threading;

public sealed class WorkerTeamTests
{
    public static TheoryData<int> Counts => [1, 2, 3, 8];

    [Theory]
    [MemberData(nameof(Counts))]
    public void Every_worker_runs_the_region_once_and_knows_its_place(int count)
    {
        using WorkerTeam team = new(count);
        int[] calls = new int[count];
        Region region = new((in Worker worker) =>
        {
            Assert.Equal(count, worker.Count);
            Interlocked.Increment(ref calls[worker.Index]);
        });

        for (int run = 1; run <= 100; run++)
        {
            team.Run(region);
            Assert.All(calls, seen => Assert.Equal(run, seen));
        }
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void Behind_a_barrier_all_see_what_all_wrote_before_it(int count)
    {
        using WorkerTeam team = new(count);
        int[] written = new int[count];
        int mistakes = 0;
        Region region = new((in Worker worker) =>
        {
            for (int round = 1; round <= 500; round++)
            {
                written[worker.Index] = round;
                worker.Barrier();
                foreach (int value in written)
                {
                    if (value != round)
                        Interlocked.Increment(ref mistakes);
                }

                worker.Barrier();
            }
        });

        for (int run = 0; run < 20; run++)
            team.Run(region);

        Assert.Equal(0, mistakes);
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void A_thousand_runs_allocate_nothing_on_any_thread(int count)
    {
        using WorkerTeam team = new(count);
        BarrierRegion region = new(3);
        for (int run = 0; run < 200; run++)
            team.Run(region);

        Assert.Equal(0, Allocations.Least(() =>
        {
            // Some runs find the threads asleep, so that waking is measured too.
            for (int run = 0; run < 1000; run++)
            {
                team.Run(region);
                if (run % 100 == 0)
                    Thread.Sleep(1);
            }
        }));
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void A_failure_on_any_worker_reaches_the_caller_and_hangs_nobody(int count)
    {
        using WorkerTeam team = new(count);
        for (int thrower = 0; thrower < count; thrower++)
        {
            for (int round = 0; round < 4; round++)
            {
                int at = round;
                int who = thrower;
                Region region = new((in Worker worker) =>
                {
                    for (int barrier = 0; barrier < 4; barrier++)
                    {
                        if (worker.Index == who && barrier == at)
                            throw new InvalidDataException("broken on purpose");
                        worker.Barrier();
                    }
                });

                InvalidDataException failure = Assert.Throws<InvalidDataException>(() => team.Run(region));
                Assert.Equal("broken on purpose", failure.Message);
            }
        }

        // The team works on as if nothing had been.
        int calls = 0;
        team.Run(new Region((in Worker worker) =>
        {
            worker.Barrier();
            Interlocked.Increment(ref calls);
            worker.Barrier();
        }));
        Assert.Equal(count, calls);
    }

    [Fact]
    public void When_all_workers_fail_one_of_the_failures_comes_out()
    {
        using WorkerTeam team = new(4);
        Region region = new((in Worker worker) => throw new InvalidDataException($"worker {worker.Index}"));

        for (int run = 0; run < 50; run++)
            Assert.StartsWith("worker ", Assert.Throws<InvalidDataException>(() => team.Run(region)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sleeping_threads_wake_for_the_next_run()
    {
        using WorkerTeam team = new(3);
        BarrierRegion region = new(2);
        for (int run = 0; run < 20; run++)
        {
            team.Run(region);
            Thread.Sleep(2);
        }

        Assert.Equal(3 * 20, region.Calls);
    }

    [Fact]
    public void A_worker_that_waits_long_at_a_barrier_sleeps_and_is_woken()
    {
        using WorkerTeam team = new(3);
        int late = 0;
        team.Run(new Region((in Worker worker) =>
        {
            for (int slow = 0; slow < worker.Count; slow++)
            {
                if (worker.Index == slow)
                {
                    Thread.Sleep(20);
                    Interlocked.Increment(ref late);
                }

                worker.Barrier();
            }
        }));

        Assert.Equal(3, late);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Disposal_ends_the_threads_whether_they_spin_or_sleep(int millisecondsBefore)
    {
        for (int repetition = 0; repetition < 20; repetition++)
        {
            List<Thread> threads = [];
            WorkerTeam team = new(3);
            team.Run(new Region((in Worker worker) =>
            {
                lock (threads)
                    threads.Add(Thread.CurrentThread);
            }));
            Thread.Sleep(millisecondsBefore);
            team.Dispose();
            team.Dispose();

            threads.Remove(Thread.CurrentThread);
            Assert.Equal(2, threads.Count);
            Assert.All(threads, thread => Assert.False(thread.IsAlive));
            Assert.Throws<ObjectDisposedException>(() => team.Run(new BarrierRegion(0)));
        }
    }

    [Fact]
    public void A_team_that_never_ran_can_be_disposed()
    {
        for (int repetition = 0; repetition < 50; repetition++)
            new WorkerTeam(4).Dispose();
    }

    [Fact]
    public void An_abandoned_team_is_collected_and_its_threads_end()
    {
        (WeakReference team, WeakReference region, Thread[] threads) = Abandon();

        Stopwatch watch = Stopwatch.StartNew();
        while (threads.Any(thread => thread.IsAlive) && watch.Elapsed < TimeSpan.FromSeconds(20))
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(5);
        }

        Assert.All(threads, thread => Assert.False(thread.IsAlive));
        Assert.False(team.IsAlive);
        Assert.False(region.IsAlive);
    }

    [Fact]
    public void A_finished_region_is_not_kept_alive_by_the_team()
    {
        using WorkerTeam team = new(3);
        WeakReference region = RunOnce(team);

        Stopwatch watch = Stopwatch.StartNew();
        while (region.IsAlive && watch.Elapsed < TimeSpan.FromSeconds(20))
        {
            Thread.Sleep(5);
            GC.Collect();
        }

        Assert.False(region.IsAlive);
    }

    [Fact]
    public void Threads_are_background_threads_and_carry_a_name()
    {
        using WorkerTeam team = new(2);
        team.Run(new Region((in Worker worker) =>
        {
            if (worker.Index == 0)
                return;
            Assert.True(Thread.CurrentThread.IsBackground);
            Assert.Equal("Cnn worker 1", Thread.CurrentThread.Name);
        }));
    }

    [Fact]
    public void A_run_inside_a_run_is_refused()
    {
        using WorkerTeam team = new(2);
        Region region = new((in Worker worker) =>
        {
            if (worker.Index == 0)
                team.Run(new BarrierRegion(0));
        });

        Assert.Throws<InvalidOperationException>(() => team.Run(region));
        team.Run(new BarrierRegion(1));
    }

    [Fact]
    public void Zero_threads_mean_all_cores_and_a_negative_number_is_refused()
    {
        using WorkerTeam team = new();

        Assert.Equal(Environment.ProcessorCount, team.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerTeam(-1));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Team, WeakReference Region, Thread[] Threads) Abandon()
    {
        WorkerTeam team = new(3);
        Thread[] threads = new Thread[3];
        Region region = new((in Worker worker) => threads[worker.Index] = Thread.CurrentThread);
        team.Run(region);
        return (new WeakReference(team), new WeakReference(region), threads[1..]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference RunOnce(WorkerTeam team)
    {
        BarrierRegion region = new(1);
        team.Run(region);
        return new WeakReference(region);
    }
}
