namespace Cnn;

/// <summary>Processes that train one network together, each on its share of every batch: what they need of each other.</summary>
/// <remarks>
/// Every rank makes the same calls in the same order. The package Cnn.Distributed.Mpi has the ranks of an <c>mpirun</c>. What is summed over ranks is summed in
/// their order by <see cref="RankSums"/>, so that no transport changes a bit.
/// </remarks>
public interface IRanks
{
    /// <summary>Which this is, from 0 on.</summary>
    int Rank { get; }

    /// <summary>How many there are.</summary>
    int Count { get; }

    /// <summary>The threads that this rank has, where a machine is shared by several; 0, the default, is all cores.</summary>
    int Threads => 0;

    /// <summary>Gives each rank a part, and receives one from each.</summary>
    /// <param name="parts">The parts, one for each rank in their order, equally long.</param>
    /// <param name="received">The parts that are this rank's, one from each rank in their order; as long as <paramref name="parts"/>.</param>
    void Exchange(ReadOnlySpan<byte> parts, Span<byte> received);

    /// <summary>Brings together what each rank has.</summary>
    /// <param name="part">This rank's, as long as the others'.</param>
    /// <param name="parts">All of them, in the order of the ranks.</param>
    void Collect(ReadOnlySpan<byte> part, Span<byte> parts);

    /// <summary>Gives every rank what the first one has.</summary>
    /// <param name="values">Read on rank 0, written on all others; equally long everywhere.</param>
    void Broadcast(Span<byte> values);
}
