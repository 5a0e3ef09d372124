using Cnn.Property.Tests.Layers;
using Cnn.Property.Tests.Oracle;
using Cnn.Property.Tests.Runs;

namespace Cnn.Property.Tests;

/// <summary>Declarations that were generated wrongly once.</summary>
public sealed class RegressionTests
{
    public static TheoryData<string> Names => [.. Networks.Names];

    private static DeclaredNetworks Networks { get; } = new(new Dictionary<string, NetworkDescription>
    {
        ["the padding counts under a dilated average"] = new(
            new InputLayer(new MapShape(6, 9)), new AvgPoolLayer(new Window(5) { Stride = 2, Padding = 2, Dilation = 2 }) { CeilMode = true }),
        ["the padding does not count under a dilated average"] = new(
            new InputLayer(new MapShape(6, 16, 8)),
            new AvgPoolLayer(new Window(5) { Stride = 3, Padding = 1, Dilation = 2 }) { CountIncludePad = false }),
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void A_declaration_that_was_wrong_once_is_right(string name) => Networks.Check(name);
}
