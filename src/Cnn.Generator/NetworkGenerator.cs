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

        IncrementalValuesProvider<EquatableArray<GeneratedFile>> files = context.SyntaxProvider
            .ForAttributeWithMetadataName(ContractNames.NetworkMetadataName, NetworkReader.IsCandidate, NetworkReader.Read)
            .Where(static spec => spec is not null).WithTrackingName(TrackingNames.Read)
            .Select(static (spec, token) => ShapeInference.Infer(spec!, token)).WithTrackingName(TrackingNames.Shape)
            .Combine(options)
            .Select(static (pair, token) => Generate(pair.Left, pair.Right, token)).WithTrackingName(TrackingNames.Emit);

        context.RegisterSourceOutput(files, static (output, generated) =>
        {
            foreach (GeneratedFile file in generated)
                output.AddSource(file.HintName, SourceText.From(file.Text, Encoding.UTF8));
        });
    }

    private static EquatableArray<GeneratedFile> Generate(ShapeResult result, EmitOptions options, CancellationToken token)
    {
        if (result.Network is not null)
            return NetworkEmitter.Emit(ExecutionPlanner.Plan(result.Network, options, token), token);
        Fault? error = result.Faults.FirstOrDefault(FaultCatalog.IsError);
        return error is null ? [] : [FaultyNetworkEmitter.Emit(result.Spec, error)!];
    }
}
