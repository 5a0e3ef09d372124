using System.Diagnostics;
using Cnn.Tool.Importing;

namespace Cnn.Onnx.Tests.Hostile;

/// <summary>What is expected of every parser: one exception, within a second, and in little memory.</summary>
internal static class Refusal
{
    private const long MostBytes = 128 << 20;
    private const int LongestMessage = 20_000;
    private const int MostAttempts = 5;

    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>Reads a hostile file and returns the message of its refusal.</summary>
    /// <param name="read">Reads it.</param>
    /// <param name="fileBytes">The size of the file, which may be held in memory twice.</param>
    public static string Of(Action read, long fileBytes)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = Assert.Throws<ImportException>(read).Message;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes + (2 * fileBytes));
        Assert.InRange(message.Length, 1, LongestMessage);
        IsSoon(() => Assert.Throws<ImportException>(read));
        return message;
    }

    /// <summary>
    /// Holds that something takes less than a second. It has run once before, because compiling the code on its way is paid once in a process and
    /// whatever the file holds; and the shortest of a few attempts counts, because the machine may do other things.
    /// </summary>
    public static void IsSoon(Action act)
    {
        TimeSpan shortest = TimeSpan.MaxValue;
        for (int attempt = 0; attempt < MostAttempts && shortest >= Longest; attempt++)
        {
            long start = Stopwatch.GetTimestamp();
            act();
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            shortest = elapsed < shortest ? elapsed : shortest;
        }

        Assert.True(shortest < Longest, $"It took {shortest}.");
    }
}
