using System.Runtime.InteropServices;

namespace Cnn.Training;

/// <summary>What the ranks of a training tell each other outside of its steps. Of one process alone, nothing.</summary>
internal sealed class RankTeam(IRanks? ranks)
{
    /// <summary>Updates between two comparisons of the parameters.</summary>
    private const int ComparisonInterval = 100;

    private readonly IRanks? _ranks = ranks is { Count: > 1 } ? ranks : null;

    /// <summary>Whether this is the rank that writes files.</summary>
    public bool IsFirst => _ranks is null or { Rank: 0 };

    /// <summary>Gives all ranks the parameters of the first.</summary>
    public void ShareParameters(INetwork network)
    {
        if (_ranks is null)
            return;
        foreach (Parameter parameter in network.Parameters)
            _ranks.Broadcast(MemoryMarshal.AsBytes(parameter.Values));
    }

    /// <summary>Reads a file of the first rank on all of them, so that they need no disk in common.</summary>
    /// <param name="path">On the first rank, the file; null where there is none.</param>
    /// <returns>Its content; null where there is none.</returns>
    public TensorFile? Read(string? path)
    {
        if (_ranks is null)
            return path is null ? null : TensorFile.Read(path);
        byte[] bytes = path is null ? [] : File.ReadAllBytes(path);
        long[] length = [bytes.Length];
        _ranks.Broadcast(MemoryMarshal.AsBytes(length.AsSpan()));
        if (length[0] == 0)
            return null;
        if (_ranks.Rank > 0)
            bytes = new byte[length[0]];
        _ranks.Broadcast(bytes);
        return TensorFile.Read(new MemoryStream(bytes));
    }

    /// <summary>Whether some rank wants something, and what they counted.</summary>
    /// <param name="count">This rank's count, which becomes that of all.</param>
    /// <param name="stops">Whether this rank wants to stop, which becomes whether any does.</param>
    /// <param name="cancels">Whether this rank is cancelled, which becomes whether any is.</param>
    public void Agree(ref int count, ref bool stops, ref bool cancels)
    {
        if (_ranks is null)
            return;
        long[] all = [count, stops ? 1 : 0, cancels ? 1 : 0];
        _ranks.Sum(all.AsSpan());
        (count, stops, cancels) = ((int)all[0], all[1] > 0, all[2] > 0);
    }

    /// <summary>Running statistics become their means over the ranks, each of which has moved them by what it saw.</summary>
    /// <param name="network">The network.</param>
    /// <param name="average">Running means of its parameters, among which are these too.</param>
    public void AverageStatistics(INetwork network, AveragedWeights? average)
    {
        if (_ranks is null)
            return;
        for (int index = 0; index < network.Parameters.Count; index++)
        {
            if (network.Parameters[index].IsTrainable)
                continue;
            Average(_ranks, network.Parameters[index].Values);
            if (average is not null)
                Average(_ranks, average.Values[index]);
        }
    }

    /// <summary>Compares the trainable parameters of the ranks by hashes of their bits, every hundredth update.</summary>
    /// <param name="network">The network.</param>
    /// <param name="updates">Updates so far.</param>
    /// <exception cref="TrainingException">Two ranks have learned different ones.</exception>
    public void CheckParameters(INetwork network, long updates)
    {
        if (_ranks is null || updates % ComparisonInterval != 0)
            return;
        Parameter[] trainable = [.. network.Parameters.Where(static parameter => parameter.IsTrainable)];
        long[] hashes = [.. trainable.Select(static parameter => Hash(parameter.Values))];
        if (_ranks.Agree(hashes))
            return;
        for (int index = 0; index < hashes.Length; index++)
        {
            if (!_ranks.Agree([hashes[index]]))
            {
                throw new TrainingException(FormattableString.Invariant(
                    $"After update {updates} the ranks have different bits in '{trainable[index].Name}', and they have to be the same: start all of them from ")
                    + "one program, with the same settings, data and number of images, and let nothing but Fit write into the parameters.");
            }
        }
    }

    /// <summary>Gives each rank the outputs that all of them predicted.</summary>
    /// <param name="own">This rank's, one port after the other.</param>
    /// <param name="all">Room for all images, one port after the other.</param>
    /// <param name="portLengths">Floats of one image of each port.</param>
    /// <param name="images">All images.</param>
    public void CollectOutputs(ReadOnlySpan<float> own, Span<float> all, int[] portLengths, int images)
    {
        IRanks ranks = _ranks ?? throw new InvalidOperationException("Of one process the outputs are there already.");

        // Parts are equally long; where a rank has fewer images its part ends with zeros.
        int length = portLengths.Sum();
        int most = (images + ranks.Count - 1) / ranks.Count;
        float[] part = new float[most * length];
        float[] parts = new float[part.Length * ranks.Count];
        own.CopyTo(part);
        ranks.Collect(MemoryMarshal.AsBytes(part.AsSpan()), MemoryMarshal.AsBytes(parts.AsSpan()));
        for (int rank = 0; rank < ranks.Count; rank++)
        {
            (int first, int count) = RankSums.ShareOf(images, 1, rank, ranks.Count);
            int source = rank * part.Length;
            int target = 0;
            foreach (int port in portLengths)
            {
                parts.AsSpan(source, count * port).CopyTo(all[(target + (first * port))..]);
                source += count * port;
                target += images * port;
            }
        }
    }

    /// <summary>FNV-1a over the numbers' bits. Source: Fowler, Noll and Vo, datatracker.ietf.org/doc/draft-eastlake-fnv.</summary>
    private static long Hash(ReadOnlySpan<float> values)
    {
        ulong hash = 14695981039346656037;
        foreach (uint bits in MemoryMarshal.Cast<float, uint>(values))
            hash = unchecked((hash ^ bits) * 1099511628211);
        return unchecked((long)hash);
    }

    private static void Average(IRanks ranks, Span<float> values)
    {
        double[] sums = new double[values.Length];
        for (int index = 0; index < sums.Length; index++)
            sums[index] = values[index];
        ranks.Sum(sums.AsSpan());
        for (int index = 0; index < sums.Length; index++)
            values[index] = (float)(sums[index] / ranks.Count);
    }
}
