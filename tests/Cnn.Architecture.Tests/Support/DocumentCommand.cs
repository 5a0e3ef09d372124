using System.CommandLine;
using System.Text.RegularExpressions;
using Cnn.Tool.Commands;

namespace Cnn.Architecture.Tests.Support;

/// <summary>A line of a shell that a document shows: what it names has to exist, and what it gives to a program of ours has to be one of its options.</summary>
internal static partial class DocumentCommand
{
    private static readonly RootCommand Tool = CommandLine.Create(TextWriter.Null);

    /// <summary>Programs of other people, whose arguments are not looked at.</summary>
    private static readonly string[] Foreign = ["cd", "curl", "mpirun", "npm", "git"];

    /// <summary>Our programs that are published from a project, by name.</summary>
    private static readonly Dictionary<string, string> Programs = Repository.Files("samples", "*.csproj")
        .Select(static file => (Name: AssemblyName().Match(Repository.Read(file)).Groups[1].Value, Folder: Path.GetDirectoryName(file)!))
        .Where(static program => program.Name.Length > 0)
        .ToDictionary(static program => program.Name, static program => program.Folder, StringComparer.Ordinal);

    private static readonly HashSet<string> Packages = [.. Repository.Files("src", "*.csproj")
        .Select(static file => PackageId().Match(Repository.Read(file)) is { Success: true } id ? id.Groups[1].Value : Path.GetFileNameWithoutExtension(file))];

    /// <summary>What is wrong with a line.</summary>
    /// <param name="line">As it stands there, with a comment perhaps.</param>
    /// <param name="made">Folders that lines before have made.</param>
    public static IEnumerable<string> Faults(string line, ISet<string> made)
    {
        string[] words = Words(line);
        if (words.Length == 0 || Foreign.Contains(words[0]))
            return [];
        if (words[0] == "cnn")
            return Tool.Parse(words[1..]).Errors.Select(static error => error.Message);
        if (words[0] == "dotnet")
            return DotnetFaults(words, made);
        if (Programs.TryGetValue(words[0], out string? project))
            return OptionFaults(project, words[1..]);
        return Exists(words[0]) ? [] : [$"there is no program {words[0]}"];
    }

    /// <summary>What is wrong with a mention within a sentence, which may leave arguments out.</summary>
    public static IEnumerable<string> MentionFaults(string mention)
    {
        string[] words = Words(mention);
        if (Tool.Subcommands.FirstOrDefault(command => command.Name == words[1]) is not { } command)
            return [$"there is no command {words[1]}"];
        HashSet<string> known = [.. command.Options.SelectMany(static option => option.Aliases.Append(option.Name))];
        return words.Where(word => word.StartsWith("--", StringComparison.Ordinal) && !known.Contains(word)).Select(word => $"{words[1]} has no {word}");
    }

    private static IEnumerable<string> DotnetFaults(string[] words, ISet<string> made)
    {
        int end = Array.IndexOf(words, "--");
        string[] own = end < 0 ? words : words[..end];
        string? output = After(own, "-o");
        switch (own)
        {
            case [_, "new" or "tool", "install", ..] or [_, "add", "package", ..]:
                return own[3..].Where(static word => !word.StartsWith('-') && !Packages.Contains(word)).Select(static word => $"there is no package {word}");
            case [_, "new", "cnn", ..] when output is not null:
                made.Add(output);
                return [];
            case [_, "run", ..] when After(own, "--project") is { } project && !made.Contains(project):
                return Exists(project) ? OptionFaults(project, end < 0 ? [] : words[(end + 1)..]) : [$"there is no project {project}"];
            case [_, "build" or "test" or "publish" or "pack", ..]:
                return own[2..].Where(static word => word.Contains('/') || word.EndsWith(".sln", StringComparison.Ordinal))
                    .Where(static word => !word.StartsWith('-') && !Exists(word)).Select(static word => $"there is no {word}");
            default:
                return [];
        }
    }

    private static IEnumerable<string> OptionFaults(string project, string[] arguments)
    {
        string text = string.Concat(Repository.Files(project, "*.cs").Concat(Repository.Files("samples/Shared", "*.cs")).Select(Repository.Read));
        return arguments.Where(static word => word.StartsWith("--", StringComparison.Ordinal))
            .Where(word => !text.Contains($"\"{word}\"", StringComparison.Ordinal) && !text.Contains($"\"{word[2..]}\"", StringComparison.Ordinal)
                && !project.StartsWith("benchmarks", StringComparison.Ordinal))
            .Select(word => $"{project} has no {word}");
    }

    private static string? After(string[] words, string option) =>
        Array.IndexOf(words, option) is var index && index >= 0 && index + 1 < words.Length ? words[index + 1] : null;

    /// <summary>What a build makes is there if its project is.</summary>
    private static bool Exists(string path) => Path.Exists(Path.Combine(Repository.Root, path.Split("/bin/")[0]));

    private static string[] Words(string line) => [.. Comment().Replace(line, "").Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    [GeneratedRegex(@"\s# .*$")]
    private static partial Regex Comment();

    [GeneratedRegex("<AssemblyName>(.*?)</AssemblyName>")]
    private static partial Regex AssemblyName();

    [GeneratedRegex("<PackageId>(.*?)</PackageId>")]
    private static partial Regex PackageId();
}
