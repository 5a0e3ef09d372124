namespace Cnn.Benchmarks.Peers;

/// <summary>That two libraries compute the same, before their times are compared.</summary>
internal static class Agreement
{
    /// <summary>Of the largest magnitude; both compute in float32, some sums by Winograd's tiles.</summary>
    private const float Tolerance = 2e-3f;

    /// <summary>Compares.</summary>
    /// <exception cref="InvalidOperationException">They differ by more than rounding.</exception>
    public static void Check(string what, ReadOnlySpan<float> ours, ReadOnlySpan<float> theirs)
    {
        float largest = 0, difference = 0;
        for (int index = 0; index < ours.Length; index++)
        {
            largest = Math.Max(largest, Math.Abs(ours[index]));
            difference = Math.Max(difference, Math.Abs(ours[index] - theirs[index]));
        }

        // Written so that a NaN does not agree.
        if (!(difference <= Tolerance * largest))
            throw new InvalidOperationException($"{what}: ours and the peer's differ by {difference:G3}, of {largest:G3} at most.");
    }
}
