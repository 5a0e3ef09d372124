using System.Diagnostics;
using Cnn.Generator.Tests.Harness;

namespace Cnn.Build.Tests;

/// <summary>A project with the package's targets, which MSBuild evaluates in a process of its own.</summary>
internal sealed class TargetsProject : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cnn").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Writes a file beside the project.</summary>
    public string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Runs MSBuild.</summary>
    /// <param name="body">What stands in the project before the targets.</param>
    /// <param name="succeeds">Whether it should.</param>
    /// <param name="arguments">MSBuild's, behind the project.</param>
    /// <returns>What it printed.</returns>
    public string Run(string body, bool succeeds, params string[] arguments)
    {
        string project = Path.Combine(_folder, "project.proj");
        File.WriteAllText(project, $"""
            <Project>
              <PropertyGroup><IntermediateOutputPath>obj/</IntermediateOutputPath></PropertyGroup>
              {body}
              <Import Project="{Path.Combine(RepositoryFolder.Find("src"), "Cnn.Runtime", "buildTransitive", "Cnn.targets")}" />
            </Project>
            """);
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            ["msbuild", project, .. arguments, "-nologo", "-nodeReuse:false"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} does not start.");
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        output += errors.GetAwaiter().GetResult();
        Assert.True(process.ExitCode == 0 == succeeds, output);
        return output;
    }
}
