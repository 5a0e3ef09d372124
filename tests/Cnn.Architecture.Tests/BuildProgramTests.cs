using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Cnn.Architecture.Tests.Support;

namespace Cnn.Architecture.Tests;

/// <summary>The program that packs weights while a project is built: the generator's way up to Planning, and the runtime's own folding and packing.</summary>
public sealed class BuildProgramTests
{
    private static readonly string[] Allowed =
    [
        "Cnn", "Cnn.CompilerServices", "Cnn.Generator.Collections", "Cnn.Generator.Model", "Cnn.Generator.Planning",
        "Cnn.Generator.Reading", "Cnn.Generator.Shapes",
        Rooms.Roslyn, Rooms.Roslyn + ".CSharp",
    ];

    [Fact]
    public void It_uses_the_generator_up_to_Planning_and_the_runtime()
    {
        string[] used = [.. Namespaces().Where(name => !name.StartsWith("System", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)];
        Nothing.In(used.Except(Allowed).Select(name => $"Cnn.Build uses {name}"));
        Assert.Contains("Cnn.Generator.Planning", used);
    }

    [Fact]
    public void Nothing_is_built_on_it() =>
        Nothing.In(Repository.Files("src", "*.csproj")
            .Where(file => Repository.Read(file).Contains("<ProjectReference Include=\"../Cnn.Build/", StringComparison.Ordinal))
            .Select(file => $"{file} references Cnn.Build"));

    private static List<string> Namespaces()
    {
        using PEReader file = new(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Cnn.Build.dll")));
        MetadataReader metadata = file.GetMetadataReader();
        return [.. metadata.TypeReferences.Select(handle => metadata.GetTypeReference(handle)).Select(type => metadata.GetString(type.Namespace))
            .Where(name => name.Length > 0)];
    }
}
