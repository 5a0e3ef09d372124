using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>A number that only grows (and wraps), and for whose growth threads wait: first spinning, then yielding, then asleep.</summary>
/// <remarks>
/// Spinning answers at once and occupies a core. Yielding answers almost as fast and hands the core to a thread that has work, which is what lets
/// more threads than cores make progress. Sleeping is free and answers within tens of microseconds.
/// </remarks>
/// <param name="spins">How many times a waiting thread looks before it begins to yield; 0 where there are more threads than cores.</param>
/// <param name="patience">How long a thread yields before it sleeps.</param>
internal sealed class WaitCounter(int spins, TimeSpan patience)
{
    /// <summary>A pause of about 40 ns between two looks, so that the line is not fought over.</summary>
    private const int PauseIterations = 4;

    private readonly long _patience = (long)(patience.TotalSeconds * Stopwatch.Frequency);
    private readonly object _gate = new();
    private PaddedCounter _value;
    private PaddedCounter _sleepers;

    /// <summary>The number now. Whoever reads it sees what was written before it grew.</summary>
    public int Value
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Volatile.Read(ref _value.Value);
    }

    /// <summary>Lets the number grow by one and wakes who sleeps.</summary>
    public void Advance()
    {
        // A full fence stands on both sides: here between the number and the look at the sleepers, in Sleep between the sleepers and the look at the
        // number. So at least one side sees the other, and nobody sleeps through.
        Interlocked.Increment(ref _value.Value);
        if (Volatile.Read(ref _sleepers.Value) == 0)
            return;
        lock (_gate)
            Monitor.PulseAll(_gate);
    }

    /// <summary>Returns as soon as the number is not <paramref name="seen"/>.</summary>
    /// <param name="seen">The number that the caller knows.</param>
    public void WaitPast(int seen)
    {
        for (int look = 0; look < spins; look++)
        {
            if (Value != seen)
                return;
            Thread.SpinWait(PauseIterations);
        }

        long start = Stopwatch.GetTimestamp();
        do
        {
            if (Value != seen)
                return;
            Thread.Yield();
        }
        while (Stopwatch.GetTimestamp() - start < _patience);

        Sleep(seen);
    }

    [SuppressMessage("Interoperability", "CA1416",
        Justification = "Only workers wait, and where no thread can be started a team has one, which has nobody to wait for.")]
    private void Sleep(int seen)
    {
        lock (_gate)
        {
            Interlocked.Increment(ref _sleepers.Value);
            while (Value == seen)
                Monitor.Wait(_gate);
            Interlocked.Decrement(ref _sleepers.Value);
        }
    }
}
