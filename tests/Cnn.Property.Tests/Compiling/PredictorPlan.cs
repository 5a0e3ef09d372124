using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Reading;
using Cnn.Generator.Shapes;
using Cnn.Property.Tests.Oracle;

namespace Cnn.Property.Tests.Compiling;

/// <summary>What the generator decides for a predictor.</summary>
internal static class PredictorPlan
{
    /// <summary>The methods that a predictor calls, named for the layers whose work they do.</summary>
    public static IReadOnlyList<string> Steps(NetworkDescription description)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        NetworkSpec spec = NetworkReader.Read(NetworkCompiler.Declare([description]).GetTypeByMetadataName(NetworkCompiler.ClassName(0))!, token);
        ShapedNetwork network = ShapeInference.Infer(spec, token).Network ?? throw new ArgumentException($"This network has a fault:\n{description}", nameof(description));
        return [.. ExecutionPlanner.Plan(network, new EmitOptions(), token).Predictor.Stages.SelectMany(stage => stage.Calls).Select(call => call.Method)];
    }
}
