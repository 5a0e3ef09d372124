using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Benchmarks;

/// <summary>What any generator that looks for an attribute costs: it finds the class, and does nothing with it.</summary>
internal sealed class FloorGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(
        context.SyntaxProvider.ForAttributeWithMetadataName("Cnn.NetworkAttribute", static (_, _) => true, static (found, _) => found.TargetSymbol.Name),
        static (_, _) => { });
}
