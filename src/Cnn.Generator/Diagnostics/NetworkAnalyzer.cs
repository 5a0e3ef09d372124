using System.Collections.Immutable;
using Cnn.Generator.Model;
using Cnn.Generator.Reading;
using Cnn.Generator.Shapes;
using Cnn.Generator.Shapes.Advice;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Cnn.Generator.Diagnostics;

/// <summary>Shows every fault of a network where it was written, while it is written: editors run generators only on save.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NetworkAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [.. DiagnosticDescriptors.All.Where(static descriptor =>
            descriptor.Id is not (FaultIds.DoubledActivation or FaultIds.NeverDisposed or FaultIds.WeightsWithoutNetwork))];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct))
            return;
        SyntaxReference? home = Declarations.Home(type);
        LayerAttributes attributes = LayerAttributes.Of(type, home);
        if (home is not null)
        {
            ShapeResult result = ShapeInference.Infer(NetworkReader.Read(type, context.CancellationToken), context.CancellationToken);
            FaultLocator locator = new(type, home, attributes);
            Report(context, locator, result.Faults);
            if (result.Network is not null)
            {
                Report(context, locator, NetworkAdvice.Of(result.Network, result.Spec, context.CancellationToken));
                Report(context, locator, NetworkAdvice.Hints(result.Network));
                foreach (ProjectWeights weights in ProjectWeightsReader.ReadAll(context.Options, context.CancellationToken)
                    .Where(weights => weights.IsFor(result.Spec.Type)))
                    Report(context, locator, WeightsRule.Check(result.Network, weights));
            }
        }
        else if (Declarations.BlockHome(type) is { } blockHome)
        {
            Report(context, new FaultLocator(type, blockHome, LayerAttributes.Of(type, blockHome)), BlockReader.Check(type, context.CancellationToken));
        }
        else if (attributes.All.Count > 0 && attributes.Unresolved is null)
        {
            Fault fault = new() { Id = FaultIds.LayersWithoutNetwork, Layer = 0, Arguments = [type.Name] };
            Report(context, new FaultLocator(type, home, attributes), [fault]);
        }
    }

    private static void Report(SymbolAnalysisContext context, FaultLocator locator, IEnumerable<Fault> faults)
    {
        foreach (Fault fault in faults)
        {
            if (FaultCatalog.Find(fault.Id).IsReportedByCompiler || fault.IsOfBlock)
                continue;
            context.ReportDiagnostic(Diagnostic.Create(
                DiagnosticDescriptors.Find(fault.Id),
                locator.Locate(fault, context.CancellationToken),
                locator.Related(fault, context.CancellationToken),
                RepairProperties.Of(fault.Repairs),
                messageArgs: Enumerable.ToArray<object>(fault.Arguments)));
        }
    }
}
