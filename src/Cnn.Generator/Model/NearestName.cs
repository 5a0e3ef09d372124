namespace Cnn.Generator.Model;

/// <summary>Finds what a misspelt name was meant to be.</summary>
public static class NearestName
{
    /// <summary>Nobody misspells a longer one, and comparing takes the product of the lengths.</summary>
    private const int LongestName = 64;

    /// <summary>The most alike of the candidates, or null where none is alike: at most one letter in three may be wrong. Of two, the later.</summary>
    public static string? Of(string name, IEnumerable<string> candidates)
    {
        string? nearest = null;
        int least = int.MaxValue;
        foreach (string candidate in candidates.Where(candidate => Math.Max(name.Length, candidate.Length) <= LongestName))
        {
            int distance = Distance(name, candidate);
            if (distance <= least && distance <= Math.Max(name.Length, candidate.Length) / 3)
                (nearest, least) = (candidate, distance);
        }

        return nearest;
    }

    /// <summary>Letters to insert, leave out, change, or swap with their neighbour (optimal string alignment), whatever their case.</summary>
    private static int Distance(string first, string second)
    {
        int[,] distances = new int[first.Length + 1, second.Length + 1];
        for (int i = 0; i <= first.Length; i++)
            distances[i, 0] = i;
        for (int j = 0; j <= second.Length; j++)
            distances[0, j] = j;
        for (int i = 1; i <= first.Length; i++)
        {
            for (int j = 1; j <= second.Length; j++)
            {
                int change = distances[i - 1, j - 1] + (AreAlike(first[i - 1], second[j - 1]) ? 0 : 1);
                int shorter = Math.Min(distances[i - 1, j], distances[i, j - 1]) + 1;
                distances[i, j] = Math.Min(change, shorter);
                if (i > 1 && j > 1 && AreAlike(first[i - 1], second[j - 2]) && AreAlike(first[i - 2], second[j - 1]))
                    distances[i, j] = Math.Min(distances[i, j], distances[i - 2, j - 2] + 1);
            }
        }

        return distances[first.Length, second.Length];
    }

    private static bool AreAlike(char first, char second) => char.ToUpperInvariant(first) == char.ToUpperInvariant(second);
}
