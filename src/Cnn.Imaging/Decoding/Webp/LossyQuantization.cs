namespace Cnn.Imaging.Decoding.Webp;

/// <summary>Steps of the first coefficient and of the others (RFC 6386, section 14.1).</summary>
internal sealed record LossyQuantization(int LumaDc, int LumaAc, int MeansDc, int MeansAc, int ChromaDc, int ChromaAc)
{
    /// <param name="q">The index.</param>
    /// <param name="deltas">By which that of each kind but luma's others differs.</param>
    public static LossyQuantization Of(int q, ReadOnlySpan<int> deltas) => new(
        LossyTables.DcSteps[Index(q + deltas[0])],
        LossyTables.AcSteps[Index(q)],
        2 * LossyTables.DcSteps[Index(q + deltas[1])],
        Math.Max(8, (LossyTables.AcSteps[Index(q + deltas[2])] * 101581) >> 16),
        LossyTables.DcSteps[Math.Clamp(q + deltas[3], 0, 117)],
        LossyTables.AcSteps[Index(q + deltas[4])]);

    private static int Index(int q) => Math.Clamp(q, 0, 127);
}

/// <summary>How strongly edges are smoothed.</summary>
/// <param name="Limit">The largest step that is an artefact; 0 smooths nothing.</param>
/// <param name="Inner">The largest difference between neighbours on one side.</param>
/// <param name="Variance">From which difference on an edge is taken for a part of the picture.</param>
internal readonly record struct LossyFilterStrength(int Limit, int Inner, int Variance);
