using System.Text;
using Cnn.Generator.Collections;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Emission;
using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Reading;
using Cnn.Generator.Shapes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Cnn.Generator;

/// <summary>
/// Wires the rooms together: Reading, Shapes, Planning, Emission. In a build it also reports what is wrong, before anything that the compiler finds to
/// follow from it; see <see cref="EditorMark"/>.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<EmitOptions> options = context.AnalyzerConfigOptionsProvider
            .Select(static (provider, _) => EmitOptionsReader.Read(provider.GlobalOptions))
            .WithTrackingName(TrackingNames.Options);

        IncrementalValueProvider<EquatableArray<ProjectWeights>> weights = context.AdditionalTextsProvider
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, token) => ProjectWeightsReader.Read(pair.Left, pair.Right.GetOptions(pair.Left), token))
            .Where(static read => read is not null)
            .Collect()
            .Select(static (all, _) => all.Select(static one => one!).ToEquatableArray()).WithTrackingName(TrackingNames.Weights);

        IncrementalValuesProvider<NetworkSpec?> specs = context.SyntaxProvider
            .ForAttributeWithMetadataName(ContractNames.NetworkMetadataName, NetworkReader.IsCandidate, NetworkReader.Read).WithTrackingName(TrackingNames.Read)
            .Where(static spec => spec is not null);

        IncrementalValueProvider<EquatableArray<string>> ambiguous = specs.Select(static (spec, _) => spec!.Type.UniqueName).Collect()
            .Select(static (names, _) => FileStem.Ambiguous(names)).WithTrackingName(TrackingNames.Ambiguous);

        IncrementalValuesProvider<ShapeResult> shaped = specs
            .Select(static (spec, token) => ShapeInference.Infer(spec!, token)).WithTrackingName(TrackingNames.Shape)
            .Combine(weights)
            .Select(static (pair, _) => WeightsRule.Attach(pair.Left, pair.Right)).WithTrackingName(TrackingNames.Attach);

        IncrementalValuesProvider<UndeclaredNetwork?> undeclared = context.SyntaxProvider
            .CreateSyntaxProvider(UndeclaredReader.IsCandidate, UndeclaredReader.Read)
            .Where(static network => network is not null);

        IncrementalValuesProvider<FaultyType?> blocks = context.SyntaxProvider.ForAttributeWithMetadataName(
            ContractNames.BlockMetadataName, NetworkReader.IsCandidate, BlockReader.Check);

        Report(context, undeclared.Select(static (network, _) => FaultyType.Of(network!.Spec.Type, network.Spec.Faults)));
        Report(context, blocks);
        Report(context, shaped.Select(static (result, _) => FaultyType.Of(result.Spec.Type, result.Faults.Concat(result.Embedded?.Faults ?? []))));
        ReportUnclaimed(context, specs, weights);
        AddMissingNames(context, specs.Select(static (spec, _) => spec!.Faults).Collect()
            .Combine(undeclared.Select(static (network, _) => network!.Spec.Faults).Collect())
            .Combine(blocks.Where(static block => block is not null).Select(static (block, _) => block!.Faults).Collect())
            .Select(static (all, _) => MissingNamesEmitter.Emit(all.Left.Left.Concat(all.Left.Right).Concat(all.Right).SelectMany(static faults => faults))));

        Add(context, shaped
            .Combine(options)
            .Select(static (pair, token) => ExecutionPlanner.Plan(pair.Left, pair.Right, token)).WithTrackingName(TrackingNames.Plan)
            .Combine(ambiguous)
            .Select(static (pair, token) => NetworkEmitter.Emit(pair.Left, pair.Right, token)).WithTrackingName(TrackingNames.Emit));
        Add(context, undeclared.Collect().Select(static (networks, _) => UndeclaredNetworksEmitter.Emit(networks.Select(static network => network!))));
    }

    /// <summary>Places follow from the compilation of the moment, which only a faulty class has to look at.</summary>
    private static void Report(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<FaultyType?> types)
    {
        IncrementalValueProvider<bool> isInEditor = context.AnalyzerConfigOptionsProvider
            .Select(static (provider, _) => EditorMark.IsIn(provider.GlobalOptions));
        context.RegisterSourceOutput(
            types.Where(static type => type is not null)
                .Combine(isInEditor).Where(static pair => !pair.Right)
                .Combine(context.CompilationProvider),
            static (output, pair) =>
            {
                foreach (Diagnostic diagnostic in FaultReport.Of(pair.Left.Left!, pair.Right, output.CancellationToken))
                    output.ReportDiagnostic(diagnostic);
            });
    }

    private static void ReportUnclaimed(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<NetworkSpec?> specs,
        IncrementalValueProvider<EquatableArray<ProjectWeights>> weights)
    {
        context.RegisterSourceOutput(
            specs.Select(static (spec, _) => spec!.Type).Collect().Combine(weights).Combine(context.AnalyzerConfigOptionsProvider),
            static (output, pair) =>
            {
                if (EditorMark.IsIn(pair.Right.GlobalOptions))
                    return;
                foreach (ProjectWeights one in pair.Left.Right)
                {
                    if (WeightsRule.CheckNetwork(one, pair.Left.Left) is { } fault)
                        output.ReportDiagnostic(FaultReport.Create(fault, one));
                }
            });
    }

    /// <summary>In a build alone: an editor shows each of the names, and has an answer for them.</summary>
    private static void AddMissingNames(IncrementalGeneratorInitializationContext context, IncrementalValueProvider<string> file) =>
        context.RegisterSourceOutput(
            file.Combine(context.AnalyzerConfigOptionsProvider).Combine(context.ParseOptionsProvider),
            static (output, pair) =>
            {
                (string text, AnalyzerConfigOptionsProvider options) = pair.Left;
                if (text.Length > 0 && !EditorMark.IsIn(options.GlobalOptions) && LanguageRule.HasGlobalUsings(pair.Right))
                    output.AddSource(MissingNamesEmitter.HintName, SourceText.From(text, Encoding.UTF8));
            });

    private static void Add(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<EquatableArray<GeneratedFile>> files) =>
        context.RegisterSourceOutput(files, static (output, generated) => Add(output, generated));

    private static void Add(IncrementalGeneratorInitializationContext context, IncrementalValueProvider<EquatableArray<GeneratedFile>> files) =>
        context.RegisterSourceOutput(files, static (output, generated) => Add(output, generated));

    private static void Add(SourceProductionContext output, EquatableArray<GeneratedFile> files)
    {
        foreach (GeneratedFile file in files)
            output.AddSource(file.HintName, SourceText.From(file.Text, Encoding.UTF8));
    }
}
