namespace Cnn.Aot;

/// <summary>The most memory that the process had at any moment, for the one who started it.</summary>
internal static class PeakMemory
{
    /// <summary>Prints the peak resident memory in kilobytes as a last line where the last argument is <c>--memory</c>.</summary>
    /// <remarks>A program that ended can no longer be asked, and one that is timed should not read <c>/proc</c>.</remarks>
    public static void PrintIfAsked(string[] arguments)
    {
        if (arguments is not [.., "--memory"])
            return;
        string line = File.ReadLines("/proc/self/status").First(static line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        Console.WriteLine(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
    }
}
