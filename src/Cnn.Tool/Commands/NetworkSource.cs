using System.CommandLine;
using Cnn.Tool.Compiling;
using Cnn.Tool.Importing;

namespace Cnn.Tool.Commands;

/// <summary>The arguments by which a command gets at a network: the file that declares it, its class, and its weights.</summary>
internal sealed class NetworkSource
{
    public Argument<string> File { get; } = new("FILE") { Description = "A C# file that declares the network, or a folder of such files." };

    public Option<string?> Class { get; } = new("--class") { Description = "The network's class, where the file declares several." };

    public Option<string?> Weights { get; } = new("--weights")
    {
        Description = "A safetensors file with the network's parameters. Default: initial ones from the seed 0.",
    };

    public void AddTo(Command command, bool withWeights)
    {
        command.Add(File);
        command.Add(Class);
        if (withWeights)
            command.Add(Weights);
    }

    /// <summary>Compiles the declaration and makes the network.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="properties">Of the project that it is compiled in. Default: none.</param>
    /// <exception cref="CompilationException">The file does not compile.</exception>
    /// <exception cref="ImportException">There is no such file, or no such class in it.</exception>
    public INetwork Create(ParseResult parsed, ProjectProperties? properties = null)
    {
        string path = parsed.GetValue(File)!;
        string? weights = parsed.GetValue(Weights);
        if (weights is not null && !System.IO.File.Exists(weights))
            throw new ImportException($"There is no weights file '{weights}'.");
        using FileStream? stream = weights is null ? null : System.IO.File.OpenRead(weights);
        return NetworkCompiler.Create(Find(path, parsed.GetValue(Class), properties), stream);
    }

    private static Type Find(string path, string? name, ProjectProperties? properties)
    {
        string[] files = Directory.Exists(path) ? [.. Directory.EnumerateFiles(path, "*.cs").Order(StringComparer.Ordinal)] : [path];
        if (files.Length == 0 || !System.IO.File.Exists(files[0]))
            throw new ImportException($"There is no C# file '{path}'.");
        IReadOnlyDictionary<string, Type> networks = NetworkCompiler.Networks(
            NetworkCompiler.Compile(files.Select(file => (file, System.IO.File.ReadAllText(file))), properties));
        Type[] matches = [.. networks.Where(pair => name is null || pair.Key == name || pair.Value.Name == name).Select(pair => pair.Value)];
        return matches.Length == 1
            ? matches[0]
            : throw new ImportException($"'{path}' declares {networks.Count} networks ({string.Join(", ", networks.Keys)}); "
                + $"{(name is null ? "name one with --class" : $"'{name}' is not exactly one of them")}.");
    }
}
