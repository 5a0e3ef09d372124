using System.Text;
using Cnn.Generator.Collections;
using Cnn.Generator.Emission;
using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Reading;
using Cnn.Generator.Shapes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Cnn.Generator;

/// <summary>Wires the rooms together: Reading, Shapes, Planning, Emission. What it reports, it reports as #error; squiggles are the analyzer's.</summary>
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

        IncrementalValuesProvider<EquatableArray<GeneratedFile>> files = specs
            .Select(static (spec, token) => ShapeInference.Infer(spec!, token)).WithTrackingName(TrackingNames.Shape)
            .Combine(weights)
            .Select(static (pair, _) => WeightsRule.Attach(pair.Left, pair.Right)).WithTrackingName(TrackingNames.Attach)
            .Combine(options)
            .Select(static (pair, token) => ExecutionPlanner.Plan(pair.Left, pair.Right, token)).WithTrackingName(TrackingNames.Plan)
            .Combine(ambiguous)
            .Select(static (pair, token) => NetworkEmitter.Emit(pair.Left, pair.Right, token)).WithTrackingName(TrackingNames.Emit);

        context.RegisterSourceOutput(files, static (output, generated) =>
        {
            foreach (GeneratedFile file in generated)
                output.AddSource(file.HintName, SourceText.From(file.Text, Encoding.UTF8));
        });

        IncrementalValueProvider<string> unclaimed = specs.Select(static (spec, _) => spec!.Type).Collect()
            .Combine(weights)
            .Select(static (pair, _) => UnclaimedWeightsEmitter.Emit(pair.Right.Select(one => WeightsRule.CheckNetwork(one, pair.Left))));
        context.RegisterSourceOutput(unclaimed, static (output, text) =>
        {
            if (text.Length > 0)
                output.AddSource(UnclaimedWeightsEmitter.HintName, SourceText.From(text, Encoding.UTF8));
        });
    }
}
