using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Cnn.CompilerServices;

/// <summary>What the threads of a team share. It knows neither the team nor, between runs, a region: so an abandoned team can be collected.</summary>
internal sealed class TeamState
{
    /// <summary>About 2 microseconds of looking before a thread yields: longer than a barrier between balanced workers takes.</summary>
    private const int Spins = 50;

    /// <summary>Longer than the pause between two steps of a training loop, and short enough not to be noticed as load.</summary>
    private static readonly TimeSpan IdlePatience = TimeSpan.FromMicroseconds(100);

    /// <summary>Inside a region work is under way, so falling asleep pays only where one worker has much more to do than another.</summary>
    private static readonly TimeSpan RegionPatience = TimeSpan.FromMilliseconds(1);

    private readonly int _count;
    private readonly WaitCounter _started;
    private readonly WaitCounter _passed;
    private readonly WaitCounter _finished;
    private PaddedCounter _arrived;
    private PaddedCounter _running;
    private IParallelRegion? _region;
    private ExceptionDispatchInfo? _failure;
    private volatile bool _stopping;

    /// <summary>The state of a team of <paramref name="count"/> workers, the caller included.</summary>
    /// <param name="count">At least 2.</param>
    public TeamState(int count)
    {
        _count = count;
        int spins = count <= Environment.ProcessorCount ? Spins : 0;
        _started = new WaitCounter(spins, IdlePatience);
        _passed = new WaitCounter(spins, RegionPatience);
        _finished = new WaitCounter(spins, RegionPatience);
    }

    /// <summary>Runs a region on all workers; the calling thread is worker 0. Throws the first failure of any of them.</summary>
    /// <param name="region">What to run.</param>
    public void Run(IParallelRegion region)
    {
        // The other threads are all waiting for the start, so plain writes do; the start publishes them.
        _region = region;
        _failure = null;
        _arrived.Value = 0;
        _running.Value = _count;
        int finished = _finished.Value;
        _started.Advance();
        RunPart(region, 0);
        if (Interlocked.Decrement(ref _running.Value) != 0)
            _finished.WaitPast(finished);
        _region = null;

        ExceptionDispatchInfo? failure = _failure;
        if (failure is null)
            return;
        _failure = null;
        failure.Throw();
    }

    /// <summary>The life of a background thread: run each region that is started, until the team stops.</summary>
    /// <param name="index">Which worker this thread is, from 1.</param>
    public void Serve(int index)
    {
        int seen = 0;
        while (true)
        {
            _started.WaitPast(seen);
            seen++;
            if (_stopping)
                return;
            ServeOnce(index);
        }
    }

    /// <summary>Lets the background threads end after the region they are in.</summary>
    public void Stop()
    {
        _stopping = true;
        _started.Advance();
    }

    /// <summary>Waits for all workers of the region.</summary>
    public void Barrier()
    {
        // The number is read before the failure and written after it: who reads a number that a failure has already raised also sees the failure,
        // and everybody else is released by that raise.
        int passed = _passed.Value;
        ThrowIfFailed();
        if (Interlocked.Increment(ref _arrived.Value) == _count)
        {
            // Everybody else waits for the number below, so nobody can arrive at the next barrier before the counter is back at 0.
            Volatile.Write(ref _arrived.Value, 0);
            _passed.Advance();
        }
        else
        {
            _passed.WaitPast(passed);
        }

        ThrowIfFailed();
    }

    private void ThrowIfFailed()
    {
        if (Volatile.Read(ref _failure) is not null)
            throw new RegionAbandonedException();
    }

    /// <summary>A method of its own, so that no stack slot of a waiting thread holds the region.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ServeOnce(int index)
    {
        RunPart(_region!, index);
        if (Interlocked.Decrement(ref _running.Value) == 0)
            _finished.Advance();
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types",
        Justification = "Any failure must release the other workers; the caller rethrows it.")]
    private void RunPart(IParallelRegion region, int index)
    {
        try
        {
            region.Run(new Worker(this, index, _count));
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
            _passed.Advance();
        }
    }
}
