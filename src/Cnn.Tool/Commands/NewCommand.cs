using System.CommandLine;
using System.Diagnostics;
using System.Reflection;
using Cnn.Tool.Importing;
using Cnn.Tool.Writing;

namespace Cnn.Tool.Commands;

/// <summary>cnn new: a program with a network, from the template of this version, which is installed if it is not there.</summary>
internal static class NewCommand
{
    /// <summary>What dotnet new ends with where it knows no such template.</summary>
    private const int NoTemplate = 103;

    public static Command Create(TextWriter output)
    {
        Argument<string> name = new("NAME") { Description = "The project, and the folder that is made for it." };
        Option<string> data = new("--data")
        {
            Description = "What it trains on: digits (default: drawn, or MNIST's files) or images (a folder of pictures for each class).",
            DefaultValueFactory = _ => "digits",
        };
        data.AcceptOnlyFromAmong("digits", "images");
        Option<bool> web = new("--web") { Description = "A service that takes pictures by HTTP, instead of a console program." };
        Option<bool> test = new("--test") { Description = "A test project beside it." };
        Command command = new("new", "Make a program that trains a network and predicts.") { name, data, web, test };
        command.SetAction(parsed =>
        {
            string project = parsed.GetValue(name)!;
            ClassNames.Check(project, "");
            if (Directory.Exists(project) && Directory.EnumerateFileSystemEntries(project).Any())
                throw new ImportException($"'{project}' is there already and is not empty, and nothing was written: give another name.");
            string[] arguments = Arguments(project, parsed.GetValue(data)!, parsed.GetValue(web), parsed.GetValue(test));
            int code = Dotnet(arguments, out string said);
            if (code == NoTemplate)
            {
                if (Dotnet(["new", "install", "Cnn.Templates@" + Version()], out said) != 0)
                    throw new ImportException($"The package Cnn.Templates {Version()} cannot be installed: {said.Trim()}");
                code = Dotnet(arguments, out said);
            }

            if (code != 0)
                throw new ImportException($"dotnet new failed: {said.Trim()}");
            output.WriteLine($"{project}: next, 'dotnet run --project {project}'; {project}/README.md says more.");
            return 0;
        });
        return command;
    }

    /// <summary>Of the program dotnet.</summary>
    internal static string[] Arguments(string project, string data, bool web, bool test) =>
        ["new", "cnn", "-o", project, "-n", Path.GetFileName(project), "--data", data, .. web ? ["--web"] : (string[])[], .. test ? ["--test"] : (string[])[]];

    /// <summary>Of this tool, without what stands behind a plus sign.</summary>
    private static string Version() =>
        typeof(NewCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static int Dotnet(string[] arguments, out string said)
    {
        ProcessStartInfo start = new("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start) ?? throw new ImportException("The program dotnet cannot be started.");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string lines = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        said = lines + errors.GetAwaiter().GetResult();
        return process.ExitCode;
    }
}
