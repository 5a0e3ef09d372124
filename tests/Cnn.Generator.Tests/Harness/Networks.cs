using Cnn.Generator.Model;
using Cnn.Generator.Reading;
using Cnn.Generator.Shapes;

namespace Cnn.Generator.Tests.Harness;

/// <summary>Short ways from attributes to records.</summary>
internal static class Networks
{
    public const string LeNet =
        """
        [Network]
        [Input(1, 28, 28)]
        [Conv(20, 5, Padding = 2), ReLU, MaxPool(2)]
        [Conv(50, 5, Padding = 2), ReLU, MaxPool(2)]
        [Flatten]
        [Linear(500), ReLU]
        [Linear(10)]
        public sealed partial class LeNet;
        """;

    public static NetworkSpec Read(string source, string name = "Net") =>
        NetworkReader.Read(Compiling.Sources(source).Type(name), TestContext.Current.CancellationToken);

    /// <summary>The layers of a class Net with these attributes.</summary>
    public static NetworkSpec ReadLayers(string attributes) => Read($"[Network]\n{attributes}\npublic partial class Net;");

    public static ShapeResult Infer(string attributes) => ShapeInference.Infer(ReadLayers(attributes), TestContext.Current.CancellationToken);

    /// <summary>The shaped network, which has no fault.</summary>
    public static ShapedNetwork Shape(string attributes)
    {
        ShapeResult result = Infer(attributes);
        Assert.Empty(result.Faults.Select(FaultCatalog.Message));
        return result.Network!;
    }
}
