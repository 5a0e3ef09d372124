using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Generator.Tests.Harness;

/// <summary>Compiles a user's source against .NET and the runtime, without the generator.</summary>
internal static class Compiling
{
    private static readonly MetadataReference[] References =
        [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(NetworkAttribute).Assembly.Location)];

    private static readonly SyntaxTree Usings = CSharpSyntaxTree.ParseText("global using System; global using System.IO; global using Cnn;", path: "Usings.cs");

    /// <summary>One file a source, called Network0.cs and so on.</summary>
    public static CSharpCompilation Sources(params string[] sources)
    {
        CSharpCompilation alone = SourcesAlone(sources);
        return alone.RemoveAllSyntaxTrees().AddSyntaxTrees([Usings, .. alone.SyntaxTrees]);
    }

    /// <summary>The same without global usings.</summary>
    public static CSharpCompilation SourcesAlone(params string[] sources) => CSharpCompilation.Create(
        "User",
        sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, path: $"Network{i}.cs")),
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>References an assembly for each source.</summary>
    public static CSharpCompilation WithLibraries(this CSharpCompilation compilation, params IEnumerable<string> sources) =>
        compilation.AddReferences(sources.Select(static (source, i) => Library(Sources(source).WithAssemblyName(FormattableString.Invariant($"Library{i}")))));

    /// <summary>The same program in another C#. What has no global usings has the usings in each file.</summary>
    public static CSharpCompilation As(this CSharpCompilation compilation, LanguageVersion version)
    {
        bool hasGlobalUsings = version >= LanguageVersion.CSharp10;
        return compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(compilation.SyntaxTrees
            .Where(tree => hasGlobalUsings || tree != Usings)
            .Select(tree => CSharpSyntaxTree.ParseText(
                (hasGlobalUsings ? "" : Usings.ToString().Replace("global ", "", StringComparison.Ordinal)) + tree,
                new CSharpParseOptions(version), tree.FilePath)));
    }

    public static INamedTypeSymbol Type(this CSharpCompilation compilation, string name) =>
        compilation.GetTypeByMetadataName(name) ?? throw new ArgumentException($"The source has no type {name}.", nameof(name));

    private static PortableExecutableReference Library(CSharpCompilation compilation)
    {
        using MemoryStream image = new();
        Assert.True(compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
