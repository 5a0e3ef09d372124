using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Cnn.Aot.Benchmarks;

/// <summary>Makes the programs that are measured, with the SDK that runs this one.</summary>
/// <param name="Projects">The folder of the projects.</param>
/// <param name="Folder">Where the programs go.</param>
internal sealed record Build(string Projects, string Folder)
{
    /// <summary>Publishes a program with NativeAOT.</summary>
    /// <returns>The executable's path.</returns>
    public string Native(string project, string program)
    {
        string output = Path.Combine(Folder, project + ".native");
        Run("publish", project, output, "-r", RuntimeInformation.RuntimeIdentifier);
        return Path.Combine(output, program);
    }

    /// <summary>Publishes a program for the JIT.</summary>
    /// <returns>The path of the assembly for <c>dotnet</c>.</returns>
    public string Jitted(string project, string program)
    {
        string output = Path.Combine(Folder, project + ".jit");
        Run("build", project, output);
        return Path.Combine(output, program + ".dll");
    }

    private void Run(string verb, string project, string output, params string[] more)
    {
        Console.Error.WriteLine($"dotnet {verb} {project}");
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [verb, Path.Combine(Projects, project), "-c", "Release", "-o", output, "-v", "q", .. more])
        {
            RedirectStandardOutput = true,
        })!;
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"dotnet {verb} {project} failed:{Environment.NewLine}{said}");
    }
}
