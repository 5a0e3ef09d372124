namespace Cnn.Functional.Tests.Support;

/// <summary>Ranks that are threads of one process.</summary>
internal sealed class MemoryRanks : IRanks
{
    private readonly Meeting _meeting;

    private MemoryRanks(Meeting meeting, int rank)
    {
        _meeting = meeting;
        Rank = rank;
    }

    public int Rank { get; }

    public int Count => _meeting.Sent.Length;

    /// <summary>Runs an action on each of so many ranks, and throws what the first of them throws.</summary>
    public static void Run(int count, Action<IRanks> action)
    {
        Meeting meeting = new(count);
        Exception?[] failures = new Exception?[count];
        Thread[] threads = [.. Enumerable.Range(0, count).Select(rank => new Thread(() =>
        {
            try
            {
                action(new MemoryRanks(meeting, rank));
            }
            catch (Exception exception)
            {
                failures[rank] = exception;
                meeting.Barrier.RemoveParticipant();
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        if (failures.FirstOrDefault(failure => failure is not null) is { } first)
            throw first;
    }

    public void Exchange(ReadOnlySpan<byte> parts, Span<byte> received)
    {
        int part = parts.Length / Count;
        byte[][] all = Meet(parts);
        for (int rank = 0; rank < Count; rank++)
            all[rank].AsSpan(Rank * part, part).CopyTo(received[(rank * part)..]);
    }

    public void Collect(ReadOnlySpan<byte> part, Span<byte> parts)
    {
        byte[][] all = Meet(part);
        for (int rank = 0; rank < Count; rank++)
            all[rank].CopyTo(parts[(rank * part.Length)..]);
    }

    public void Broadcast(Span<byte> values) => Meet(values)[0].CopyTo(values);

    /// <summary>What all ranks sent; none goes on before all have looked.</summary>
    private byte[][] Meet(ReadOnlySpan<byte> sent)
    {
        _meeting.Sent[Rank] = sent.ToArray();
        _meeting.Barrier.SignalAndWait();
        byte[][] all = [.. _meeting.Sent];
        _meeting.Barrier.SignalAndWait();
        return all;
    }

    private sealed class Meeting(int count)
    {
        public byte[][] Sent { get; } = new byte[count][];

        public Barrier Barrier { get; } = new(count);
    }
}
