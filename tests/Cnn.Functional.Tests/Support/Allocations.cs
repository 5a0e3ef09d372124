namespace Cnn.Functional.Tests.Support;

/// <summary>Counts the bytes that an action allocates on all threads.</summary>
internal static class Allocations
{
    /// <summary>The least of ten runs: the test runner's own threads allocate now and then, what the action does it does every time.</summary>
    public static long Least(Action action)
    {
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 10 && least > 0; attempt++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            action();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return least;
    }
}
