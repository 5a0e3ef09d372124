using Cnn.Generator.Model;
using Cnn.Generator.Reading;
using Cnn.Generator.Shapes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Build;

/// <summary>Finds networks in a project's sources and infers their shapes, as the generator will when the compiler runs.</summary>
internal sealed class NetworkFinder(BuildOptions options)
{
    private readonly CSharpCompilation _compilation = Compile(options);

    /// <summary>The network; null where there is none or more than one of that name, or where it has a fault: the compiler is about to report it.</summary>
    public ShapedNetwork? Find(WeightsItem item)
    {
        ProjectWeights weights = new() { Network = item.Network, Resource = "", Project = "" };
        NetworkSpec[] found =
        [
            .. NetworkReader.Named(item.Network, _compilation, CancellationToken.None)
                .Select(static type => NetworkReader.Read(type, CancellationToken.None))
                .Where(spec => weights.IsFor(spec.Type)),
        ];
        return found.Length == 1 ? ShapeInference.Infer(found[0], CancellationToken.None).Network : null;
    }

    private static CSharpCompilation Compile(BuildOptions options)
    {
        CSharpParseOptions parse = new(LanguageVersion.Preview, DocumentationMode.None, preprocessorSymbols: options.Symbols);
        return CSharpCompilation.Create(
            "Networks",
            options.Sources.AsParallel().AsOrdered().Where(File.Exists).Select(source => CSharpSyntaxTree.ParseText(File.ReadAllText(source), parse, source)),
            options.References.Where(File.Exists).Select(static reference => MetadataReference.CreateFromFile(reference)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
    }
}
