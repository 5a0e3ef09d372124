using System.Collections.Immutable;
using Cnn.Generator.Model;
using Cnn.Generator.Reading;
using Cnn.Generator.Shapes;
using Cnn.Generator.Shapes.Advice;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Cnn.Generator.Diagnostics;

/// <summary>Shows advice, and in an editor every fault of a network where it was written, while it is written: editors run generators only on save.</summary>
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
        if (Declarations.Home(type) is not null)
        {
            ShapeResult result = ShapeInference.Infer(NetworkReader.Read(type, context.CancellationToken), context.CancellationToken);
            FaultLocator locator = FaultLocator.Of(type);
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
        else if (Declarations.BlockHome(type) is not null)
        {
            Report(context, FaultLocator.Of(type), BlockReader.Check(type, context.CancellationToken));
        }
        else if (UndeclaredReader.Read(type, context.CancellationToken) is { } undeclared)
        {
            Report(context, FaultLocator.Of(type), undeclared.Spec.Faults);
        }
    }

    /// <summary>Errors only in an editor: in a build the generator reports them.</summary>
    private static void Report(SymbolAnalysisContext context, FaultLocator locator, IEnumerable<Fault> faults)
    {
        bool isInEditor = EditorMark.IsIn(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions);
        foreach (Fault fault in faults)
        {
            if (FaultCatalog.Find(fault.Id).IsReportedByCompiler || fault.IsOfBlock || (FaultCatalog.IsError(fault) && !isInEditor))
                continue;
            context.ReportDiagnostic(FaultReport.Create(fault, locator, context.CancellationToken));
        }
    }
}
