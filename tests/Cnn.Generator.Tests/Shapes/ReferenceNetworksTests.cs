using Cnn.Generator.Model;
using Cnn.Generator.Reading;
using Cnn.Generator.Shapes;
using Cnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Generator.Tests.Shapes;

public sealed class ReferenceNetworksTests
{
    /// <summary>The folder of the reference networks' declarations.</summary>
    private const string FolderVariable = "CNN_REFERENCE";

    [Fact]
    public void A_small_LeNet_with_batch_normalisation_has_shapes()
    {
        ShapedNetwork network = Networks.Shape(
            """
            [Input(1, 12, 12)]
            [Conv(6, 5, Padding = 2, Bias = false)]
            [BatchNorm]
            [ReLU]
            [MaxPool(2)]
            [Conv(10, 3, Padding = 1)]
            [BatchNorm]
            [ReLU]
            [MaxPool(2)]
            [Flatten]
            [Linear(24)]
            [BatchNorm]
            [ReLU]
            [Linear(5)]
            """);
        Assert.Equal(["6x6x6", "10x3x3", "5"], new[] { 4, 8, 13 }.Select(layer => network.Layers[layer].OutputShape.ToString()));
        Assert.Equal(150 + 12 + 550 + 20 + 2184 + 48 + 125, network.Layers.Sum(layer => layer.ParameterCount));
    }

    [Fact]
    public void A_network_over_three_axes_has_shapes()
    {
        ShapedNetwork network = Networks.Shape("[Input(2, 5, 6, 7), Conv(4, 3, Padding = 1), ReLU, Conv(3, 3, Stride = 2), AvgPool(2), Flatten]");
        Assert.Equal(["4x5x6x7", "4x5x6x7", "3x2x2x3", "3x1x1x1", "3"], network.Layers.Skip(1).Select(layer => layer.OutputShape.ToString()));
    }

    /// <summary>Networks with a layer that the runtime does not have do not compile, and are left out.</summary>
    [Fact]
    public void Every_reference_network_of_known_layers_has_shapes()
    {
        string? folder = Environment.GetEnvironmentVariable(FolderVariable);
        if (folder is null)
            Assert.Skip($"Set {FolderVariable} to the folder with Networks.cs to run this test.");
        CSharpCompilation compilation = Compiling.Sources(File.ReadAllText(Path.Combine(folder, "Networks.cs")));
        int shaped = 0;
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        foreach (INamedTypeSymbol type in compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type, cancellation).OfType<INamedTypeSymbol>())
        {
            ShapeResult result = ShapeInference.Infer(NetworkReader.Read(type, cancellation), cancellation);
            if (result.Faults.Any(fault => fault.Id == FaultIds.Unreadable))
                continue;
            Assert.True(result.Network is not null, $"{type.Name}: {string.Join("; ", result.Faults.Select(FaultCatalog.Message))}");
            shaped++;
        }

        Assert.InRange(shaped, 40, int.MaxValue);
    }
}
