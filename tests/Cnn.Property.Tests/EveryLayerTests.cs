using Cnn.Property.Tests.Layers;
using Cnn.Property.Tests.Runs;

namespace Cnn.Property.Tests;

public sealed class EveryLayerTests
{
    public static TheoryData<string> Names => [.. Networks.Names];

    private static DeclaredNetworks Networks { get; } = new(LayerExamples.All);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_layer_computes_and_learns_what_PyTorch_documents(string name) => Networks.Check(name);
}
