using Xunit.Runner.InProc.SystemConsole;

namespace Cnn.Distributed.Tests;

/// <summary>Runs the tests, or a rank that they start.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args) => args is [RankProgram.Verb, .. string[] rest] ? RankProgram.Run(rest) : await ConsoleRunner.Run(args);
}
