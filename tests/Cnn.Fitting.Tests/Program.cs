using Cnn.Fitting.Tests.Killing;
using Xunit.Runner.InProc.SystemConsole;

namespace Cnn.Fitting.Tests;

/// <summary>Runs the tests, or the training that they kill.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args) =>
        args is [Trainee.Verb, string folder, string result] ? Trainee.Run(folder, result) : await ConsoleRunner.Run(args);
}
