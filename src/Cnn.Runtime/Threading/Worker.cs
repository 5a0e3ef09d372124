using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>One member of a <see cref="WorkerTeam"/> inside a parallel region.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Worker
{
    private readonly TeamState? _team;

    internal Worker(TeamState? team, int index, int count)
    {
        _team = team;
        Index = index;
        Count = count;
    }

    /// <summary>Which worker this is, from 0; the thread that called <see cref="WorkerTeam.Run"/> is 0.</summary>
    public int Index { get; }

    /// <summary>How many workers run the region.</summary>
    public int Count { get; }

    /// <summary>Waits until all workers have come this far. What they wrote before it, all see after it. Nothing happens in a team of one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Barrier() => _team?.Barrier();

    /// <summary>This worker's contiguous share of <paramref name="count"/> items. The shares differ by at most one item and may be empty.</summary>
    /// <param name="count">The number of items, not negative.</param>
    /// <param name="from">The first item of the share.</param>
    /// <param name="to">The item behind the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Range(int count, out int from, out int to)
    {
        // In 64 bits, because index x count may exceed 32.
        from = (int)((long)Index * count / Count);
        to = (int)((Index + 1L) * count / Count);
    }

    /// <inheritdoc cref="Range(int, out int, out int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Range(nint count, out nint from, out nint to)
    {
        from = (nint)((long)Index * count / Count);
        to = (nint)((Index + 1L) * count / Count);
    }
}
