using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Reading;
using Cnn.Generator.Shapes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Generator.Tests.Harness;

/// <summary>Networks of different kinds for tests of plans and of generated text: those that people build, and every reference network.</summary>
internal static class PlannedNetworks
{
    public const string RegularizedLeNet =
        """
        [Network]
        [Input(1, 28, 28)]
        [Conv(20, 5, Padding = 2, Bias = false), BatchNorm, ReLU, MaxPool(2)]
        [Conv(50, 5, Padding = 2), BatchNorm, ReLU, MaxPool(2)]
        [Flatten]
        [Linear(500), BatchNorm, ReLU, Dropout(0.3)]
        [Linear(10)]
        public sealed partial class RegularizedLeNet;
        """;

    public const string Vgg =
        """
        [Network]
        [Input(3, 32, 32)]
        [Conv(32, 3, Padding = 1), BatchNorm, ReLU, Conv(32, 3, Padding = 1), BatchNorm, ReLU, MaxPool(2)]
        [Conv(64, 3, Padding = 1), BatchNorm, ReLU, Conv(64, 3, Padding = 1), BatchNorm, ReLU, MaxPool(2)]
        [Conv(128, 3, Padding = 1), ReLU, Conv(128, 3, Padding = 1), ReLU, MaxPool(2), Dropout]
        [Flatten]
        [Linear(256), ReLU, Dropout]
        [Linear(10)]
        public sealed partial class Vgg;
        """;

    private static readonly Lazy<Dictionary<string, INamedTypeSymbol>> Types = new(() =>
    {
        CSharpCompilation compilation = Compiling.Sources(
            Networks.LeNet, RegularizedLeNet, Vgg, File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Networks", "Networks.cs")));
        return compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type).OfType<INamedTypeSymbol>().ToDictionary(type => type.Name, StringComparer.Ordinal);
    });

    public static IEnumerable<string> Names => Types.Value.Keys;

    public static NetworkPlan Plan(string name)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        ShapeResult result = ShapeInference.Infer(NetworkReader.Read(Types.Value[name], token), token);
        return ExecutionPlanner.Plan(result.Network ?? throw new InvalidOperationException(FaultCatalog.Message(result.Faults[0])), new EmitOptions(), token);
    }
}
