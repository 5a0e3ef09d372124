using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Reading;
using Cnn.Generator.Shapes;
using Cnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Generator.Tests.Shapes;

/// <summary>Networks of the zoo as they were published: parameters, multiply-adds and shapes are those of the papers and of torchvision.</summary>
public sealed class FullSizeNetworkTests
{
    private static readonly Lazy<CSharpCompilation> Zoo = new(() => Compiling.Sources(
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Zoo"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText)]));

    /// <summary>torchvision 0.20's documentation of weights, with its number of parameters and of multiply-adds ("GFLOPS") each.</summary>
    [Theory]
    [InlineData("EfficientNetB0", 5_288_548, 0.386e9)]
    [InlineData("MobileNetV3Small", 2_542_856, 0.057e9)]
    [InlineData("ShuffleNetV2", 2_278_604, 0.145e9)]
    [InlineData("RegNetY400MF", 4_344_144, 0.402e9)]
    [InlineData("ConvNextTiny", 28_589_128, 4.456e9)]
    [InlineData("VideoResNet18", 33_371_472, 40.697e9)]
    public void Classifiers_have_torchvisions_size(string name, long parameters, double multiplyAdds)
    {
        ShapedNetwork network = Infer(name);
        Has(network, parameters, multiplyAdds, 0.01);
        Assert.Equal([name == "VideoResNet18" ? "400" : "1000"], network.Outputs.Select(output => output.Shape.ToString()));
    }

    /// <summary>
    /// torchvision: 42,004,074 parameters and 178.72 billion multiply-adds with the auxiliary classifier, which has 1024 x 256 x 9 + 512 + 256 x 21 + 21
    /// parameters and as many multiply-adds at each of 65 x 65 positions.
    /// </summary>
    [Fact]
    public void DeepLabV3_has_torchvisions_size_without_the_auxiliary_classifier()
    {
        ShapedNetwork network = Infer("DeepLabV3");
        Has(network, 42_004_074 - 2_365_205, 178.72e9 - (65 * 65 * 2_364_672L), 0.01);
        Assert.Equal(["21x520x520"], network.Outputs.Select(output => output.Shape.ToString()));
    }

    /// <summary>The paper's table 5: 0.91 million parameters, 1.08 billion operations, of which two are a multiply-add and 3 % are norms.</summary>
    [Fact]
    public void YoloxNano_has_its_published_size_and_three_heads()
    {
        ShapedNetwork network = Infer("YoloxNano");
        Has(network, 912_159, 0.97 * 0.54e9, 0.01);
        Assert.Equal(
            ["stride8 85x52x52", "stride16 85x26x26", "stride32 85x13x13"],
            network.Outputs.Select(output => $"{output.Name} {output.Shape}"));
    }

    /// <summary>64 x 25 + 64, 32 x 64 x 9 + 32, 9 x 32 x 9 + 9.</summary>
    [Fact]
    public void Espcn_has_its_papers_layers()
    {
        ShapedNetwork network = Infer("Espcn");
        Has(network, 1_664 + 18_464 + 2_601, 85 * 85 * (1_600 + 18_432 + 2_592), 0);
        Assert.Equal(["1x255x255"], network.Outputs.Select(output => output.Shape.ToString()));
    }

    /// <summary>
    /// The difference of torchvision's fcos_resnet50_fpn (32,269,600) and its body with pyramid: eight steps of 256 x 256 x 9 + 256 + 512, and three outputs.
    /// </summary>
    [Fact]
    public void FcosHead_has_torchvisions_layers()
    {
        ShapedNetwork network = Infer("FcosHead");
        Has(network, (8 * (589_824 + 256 + 512)) + (96 * 2_304) + 96, 10_000L * ((8 * 589_824) + (96 * 2_304)), 0);
        Assert.Equal(
            ["scores 91x100x100", "distances 4x100x100", "centerness 1x100x100"],
            network.Outputs.Select(output => $"{output.Name} {output.Shape}"));
    }

    /// <summary>The paper's table 1 has 70 thousand, with the factors of weight norm; dilations of 1 to 128 see all 784 elements: 1 + 2 x 6 x 255.</summary>
    [Fact]
    public void TemporalConvNet_has_its_published_size_and_sees_the_whole_sequence()
    {
        ShapedNetwork network = Infer("TemporalConvNet");
        Has(network, 66_510, 784 * 65_825, 0.001);
        Assert.Equal([1 + (2 * 6 * 255)], network.Layers.Last(layer => layer.Spec is ConvSpec).ReceptiveField);
        Assert.All(network.Layers.Where(layer => layer.Spec is ConvSpec), layer => Assert.Equal(784, layer.OutputShape.Axes[0]));
    }

    /// <summary>The chance of a block grows with its depth, up to 0.2 x 14 / 16 and 0.1; what has no shortcut is never dropped.</summary>
    [Fact]
    public void Deeper_blocks_are_dropped_oftener()
    {
        Assert.Equal(
            [0, 0, 2, 0, 4, 0, 6, 7, 0, 9, 10, 0, 12, 13, 14, 0],
            Probabilities("EfficientNetB0").Select(probability => (int)Math.Round(probability * 16 / 0.2)));
        Assert.Equal(Enumerable.Range(0, 18), Probabilities("ConvNextTiny").Select(probability => (int)Math.Round(probability * 17 / 0.1)));
    }

    private static IEnumerable<double> Probabilities(string name) =>
        Infer(name).Layers.Select(layer => layer.Spec).OfType<StochasticDepthSpec>().Select(depth => (double)depth.Probability);

    private static ShapedNetwork Infer(string name)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        ShapeResult result = ShapeInference.Infer(NetworkReader.Read(Zoo.Value.Type("Cnn.Zoo." + name), token), token);
        Assert.Empty(result.Faults.Where(FaultCatalog.IsError).Select(FaultCatalog.Message));
        Assert.NotEmpty(ExecutionPlanner.Plan(result.Network!, new EmitOptions(), token).Parameters);
        return result.Network!;
    }

    private static void Has(ShapedNetwork network, long parameters, double multiplyAdds, double tolerance)
    {
        Assert.Equal(parameters, network.Layers.Sum(layer => layer.ParameterCount));
        Assert.InRange(network.Layers.Sum(layer => layer.MultiplyAdds), (1 - tolerance) * multiplyAdds, (1 + tolerance) * multiplyAdds);
    }
}
