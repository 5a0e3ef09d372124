using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Reading;
using Cnn.Generator.Shapes;
using Cnn.Property.Tests.Oracle;

namespace Cnn.Property.Tests.Compiling;

/// <summary>What the generator decides: the methods that are called, named for the layers whose work they do.</summary>
internal static class PlannedSteps
{
    public static IReadOnlyList<string> OfPredictor(NetworkDescription description) => Names(Plan(description).Predictor.Stages);

    /// <summary>Of a trainer's forward pass.</summary>
    public static IReadOnlyList<string> OfForward(NetworkDescription description) => Names(Plan(description).Trainer.Forward);

    /// <summary>Of the backward pass.</summary>
    public static IReadOnlyList<string> OfTrainer(NetworkDescription description) => Names(Plan(description).Trainer.Backward);

    /// <summary>Inputs of an output, and neighbouring outputs that read them, where the lanes of a predictor hold both.</summary>
    public static IReadOnlyList<(int Inputs, int Repeats)> OfLanes(NetworkDescription description) =>
        [.. Plan(description).Methods.Select(method => method.Body.Kernels?.Contraction).OfType<Contraction>().Where(kernel => kernel.VectorOperand)
            .Select(kernel => (kernel.Reduction is [.., { BStride: 1 } inputs] ? inputs.Count : 1, kernel.Repeats))];

    /// <summary>Whether some kernel leaves positions of a line out of the taps at which they meet padding.</summary>
    public static bool HasLines(NetworkDescription description) => Texts(description).Any(static text => text.Kernel.Line is not null);

    /// <summary>Whether some kernel leaves lines out of the panels at which they meet padding.</summary>
    public static bool SkipsPanels(NetworkDescription description) => Texts(description).Any(static text => text.SkipsPanels);

    private static IEnumerable<KernelText> Texts(NetworkDescription description) =>
        Plan(description).Methods.SelectMany(method => method.Body.Kernels?.Sections.AsEnumerable() ?? [])
            .SelectMany(static section => new[] { section.Narrow, section.Wide }).OfType<KernelText>();

    private static NetworkPlan Plan(NetworkDescription description)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        NetworkSpec spec = NetworkReader.Read(NetworkCompiler.Declare([description]).GetTypeByMetadataName(NetworkCompiler.ClassName(0))!, token);
        ShapedNetwork network = ShapeInference.Infer(spec, token).Network
            ?? throw new ArgumentException($"This network has a fault:\n{description}", nameof(description));
        return ExecutionPlanner.Plan(network, new EmitOptions(), token);
    }

    private static IReadOnlyList<string> Names(IEnumerable<Stage> stages) => [.. stages.SelectMany(stage => stage.Calls).Select(call => call.Method)];
}
