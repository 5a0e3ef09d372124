using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using Cnn.Generator;
using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Reading;
using Cnn.Generator.Shapes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Architecture.Tests.Support;

/// <summary>Sends a small network with one kind of layer through the whole generator, and lists what the layer lacks on the way.</summary>
internal static class LayerProbe
{
    private const string LayerName = "probe";
    private const string MethodStem = "Probe";

    /// <summary>Layers that move nothing, so that no code need be written for them.</summary>
    private static readonly string[] Aliases = ["Flatten", "Identity"];

    /// <summary>Layers that hand the gradient of their output on as it is.</summary>
    private static readonly string[] Transparent = ["Add"];

    /// <summary>For layers that want a number for each of the probe's 8 channels.</summary>
    private static readonly string[] PerChannel = ["Mean = [0, 0, 0, 0, 0, 0, 0, 0]", "Deviation = [1, 1, 1, 1, 1, 1, 1, 1]"];

    private static readonly MetadataReference[] References =
        [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(LayerAttribute).Assembly.Location)];

    /// <summary>What is missing, each with the place where it belongs; empty for a layer that is wholly there.</summary>
    /// <param name="kind">The attribute without its suffix.</param>
    /// <param name="arguments">As they are written, with parentheses, without a name.</param>
    public static IReadOnlyList<string> Missing(string kind, params string[] arguments)
    {
        string layer = $"[{kind}({string.Join(", ", [.. arguments, $"Name = \"{LayerName}\""])})]";
        if (!Probe(layer, "[Input(8)]", kind, out List<string> missing))
            Probe(layer, "[Input(8, 8, 8)]", kind, out missing);
        return [.. PlaceProbe.Missing(kind), .. missing];
    }

    /// <summary>Arguments that satisfy any constructor of the contract: kernel sizes of 2, fractions of a half, two channels, the network's input.</summary>
    /// <remarks>ONNX has a window of channels with an odd size alone, and a factor of 1 changes nothing.</remarks>
    public static string[] Arguments(Type attribute) => attribute == typeof(LocalResponseNormAttribute) ? ["3"] :
        attribute == typeof(UpsampleAttribute) ? ["2"] :
        attribute == typeof(PermuteAttribute) ? ["1", "3", "2"] :
        attribute == typeof(ReshapeAttribute) ? ["4", "-1", "8"] :
    [
        .. attribute.GetConstructors().OrderBy(constructor => constructor.GetParameters().Length).First().GetParameters()
            .Where(parameter => !parameter.IsOptional)
            .Select(parameter => parameter.ParameterType == typeof(double) ? "0.5"
                : parameter.ParameterType is { IsArray: false } type && type != typeof(string) || parameter.ParameterType == typeof(int[]) ? "2"
                : "\"input1\""),
        .. attribute == typeof(NormalizeAttribute) ? PerChannel : [],
    ];

    /// <returns>False if the layer has no shape on this input, so that another should be tried.</returns>
    private static bool Probe(string layer, string input, string kind, out List<string> missing)
    {
        missing = [];
        string source = $"using Cnn;\n[Network]\n{input}\n{layer}\npublic sealed partial class Net;";
        CSharpCompilation compilation = Compile(source);
        if (compilation.GetTypeByMetadataName("Net") is not { } type)
            throw new InvalidOperationException("The probe does not parse.");
        NetworkSpec spec = NetworkReader.Read(type, default);
        if (spec.Layers.Length < 2 || spec.Layers[1] is UnreadableSpec || spec.Layers[1].Kind != kind)
        {
            missing.Add($"Model: Layers has no SpecFactory for {kind}, or no LayerSpec of that Kind.");
            return true;
        }

        ShapeResult shapes = ShapeInference.Infer(spec, default);
        if (shapes.Network is null)
        {
            missing.Add($"Shapes: no LayerRule, or none that finds a shape, for {layer}: {string.Join("; ", shapes.Faults.Select(FaultCatalog.Message))}");
            return false;
        }

        missing.AddRange(MissingPlan(shapes.Network, kind));
        missing.AddRange(PlaceProbe.MissingParameters(shapes.Network.Layers[^1]));
        if (missing.Count == 0)
            missing.AddRange(MissingCode(compilation));
        if (missing.Count == 0)
            missing.AddRange(OnnxProbe.Missing(kind, source));
        return true;
    }

    private static IEnumerable<string> MissingPlan(ShapedNetwork network, string kind)
    {
        NetworkPlan plan;
        try
        {
            plan = ExecutionPlanner.Plan(network, new EmitOptions(), default);
        }
        catch (Exception exception)
        {
            return [$"Planning: {exception.GetType().Name}: {exception.Message} Planning/Graph/Nodes has a NodeFactory for every layer."];
        }

        if (Aliases.Contains(kind))
            return [];
        List<string> missing = [];
        if (!Calls(plan.Trainer.Forward))
            missing.Add($"Planning: a trainer's forward pass does nothing for {kind}; see its node's PlanForward.");
        if (!Calls(plan.Trainer.Backward) && !Transparent.Contains(kind))
            missing.Add($"Planning: a trainer's backward pass does nothing for {kind}; see its node's PlanBackward.");
        // At the end of a network a Reshape is the caller's view of the same numbers.
        if (!Calls(plan.Predictor.Stages) && kind is not ("Dropout" or "StochasticDepth" or "Reshape"))
            missing.Add($"Planning: a predictor does nothing for {kind}; see its node's PlanForward.");
        return missing;
    }

    private static bool Calls(IEnumerable<Stage> stages) =>
        stages.SelectMany(stage => stage.Calls).Any(call => call.Method.StartsWith(MethodStem, StringComparison.Ordinal));

    private static IEnumerable<string> MissingCode(CSharpCompilation compilation)
    {
        CSharpGeneratorDriver.Create(new NetworkGenerator()).RunGeneratorsAndUpdateCompilation(
            compilation, out Compilation output, out ImmutableArray<Diagnostic> faults);
        return faults.Concat(output.GetDiagnostics())
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Take(3)
            .Select(diagnostic => "Emission or the runtime: the generated code does not compile: "
                + $"{diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}");
    }

    private static CSharpCompilation Compile(string source) => CSharpCompilation.Create(
        "Probe",
        [CSharpSyntaxTree.ParseText(source, path: "Net.cs")],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, checkOverflow: true, nullableContextOptions: NullableContextOptions.Enable));
}
