using System.Reflection;
using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Reading;
using Cnn.Generator.Shapes;
using Cnn.Tool.Compiling;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Rooflines.Benchmarks;

/// <summary>The networks of the benchmarks, compiled here, with their plans.</summary>
internal sealed class Declared
{
    private static readonly EmitOptions Options = new(StepTimes: true);

    private readonly CSharpCompilation _declarations;
    private readonly Assembly _compiled;

    public Declared()
    {
        Assembly own = typeof(Declared).Assembly;
        (string Path, string Text)[] sources = [.. own.GetManifestResourceNames().Select(name => (name, Read(own, name)))];
        _declarations = NetworkCompiler.Declarations(sources);
        _compiled = NetworkCompiler.Compile(sources, new ProjectProperties("CnnStepTimes"));
    }

    public INetwork Create(string name) =>
        NetworkCompiler.Create(NetworkCompiler.Networks(_compiled).Values.Single(type => type.Name == name), weights: null);

    public NetworkPlan Plan(string name)
    {
        INamedTypeSymbol type = _declarations.GetSymbolsWithName(name, SymbolFilter.Type).OfType<INamedTypeSymbol>().Single();
        ShapedNetwork network = ShapeInference.Infer(NetworkReader.Read(type, CancellationToken.None), CancellationToken.None).Network!;
        return ExecutionPlanner.Plan(network, Options, CancellationToken.None);
    }

    private static string Read(Assembly assembly, string resource)
    {
        using StreamReader reader = new(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
