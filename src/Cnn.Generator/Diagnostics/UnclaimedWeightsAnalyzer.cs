using System.Collections.Immutable;
using Cnn.Generator.Model;
using Cnn.Generator.Reading;
using Cnn.Generator.Shapes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Cnn.Generator.Diagnostics;

/// <summary>
/// Weights that the project gives to a network that it does not have. There is no attribute to show that at: it is shown in the project file.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnclaimedWeightsAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [DiagnosticDescriptors.Find(FaultIds.WeightsWithoutNetwork)];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationAction(Analyze);
    }

    private static void Analyze(CompilationAnalysisContext context)
    {
        if (!EditorMark.IsIn(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions))
            return;
        foreach (ProjectWeights weights in ProjectWeightsReader.ReadAll(context.Options, context.CancellationToken))
        {
            IEnumerable<TypeSpec> networks = NetworkReader.Named(weights.Network, context.Compilation, context.CancellationToken).Select(TypeReader.Read);
            if (WeightsRule.CheckNetwork(weights, networks) is { } fault)
                context.ReportDiagnostic(FaultReport.Create(fault, weights));
        }
    }
}
