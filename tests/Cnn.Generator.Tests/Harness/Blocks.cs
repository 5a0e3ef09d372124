using Cnn.Generator.Model;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Tests.Harness;

/// <summary>Blocks of the zoo, and short ways from blocks to shapes.</summary>
internal static class Blocks
{
    public static string BasicBlock { get; } = Source("BasicBlock");

    /// <summary>Arguments over the channels that come in.</summary>
    public static string InvertedResidual { get; } = Source("InvertedResidual");

    /// <summary>The network of a source's class Net, which has no fault.</summary>
    public static ShapedNetwork Sound(string source)
    {
        ShapeResult result = ShapeInference.Infer(Networks.Read(source), TestContext.Current.CancellationToken);
        Assert.Empty(result.Faults.Select(FaultCatalog.Message));
        return result.Network!;
    }

    /// <summary>A network on blocks, which has no fault.</summary>
    public static ShapedNetwork Shape(string blocks, string layers) => Sound($"{blocks}\n[Network]\n{layers}\npublic partial class Net;");

    /// <summary>Each layer as <c>conv1 4x8x8</c>.</summary>
    public static IEnumerable<string> Outputs(this ShapedNetwork network) => network.Layers.Select(layer => $"{layer.Spec.Name} {layer.OutputShape}");

    /// <summary>A file of the zoo, without its namespace.</summary>
    public static string Source(string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Zoo", name + ".cs")).Replace("namespace Cnn.Zoo;", "", StringComparison.Ordinal);
}
