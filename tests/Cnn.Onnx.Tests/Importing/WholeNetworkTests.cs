using Cnn.Onnx.Tests.Support;

namespace Cnn.Onnx.Tests.Importing;

/// <summary>Well-known networks, from hundreds of nodes to a declaration and back to their answers.</summary>
public sealed class WholeNetworkTests
{
    /// <summary>Set to 1 for the networks that take long to compile or that have hundreds of millions of weights.</summary>
    private const string Variable = "CNN_WHOLE_NETWORKS";

    [Theory]
    [InlineData("light/squeezenet", false)]
    [InlineData("light/bvlc_alexnet", true)]
    [InlineData("light/inception_v1", true)]
    [InlineData("light/resnet50", true)]
    [InlineData("light/vgg19", true)]
    [InlineData("light/zfnet512", true)]
    public void A_whole_network_gives_its_known_answer(string name, bool isLong)
    {
        Assert.SkipWhen(isLong && Environment.GetEnvironmentVariable(Variable) != "1", $"{name} takes long: set {Variable}=1, as .ci/long does.");
        CaseResult result = Assert.Single(ImportedCases.Run([ModelCase.Light.Single(model => model.Name == name)]));
        Assert.Null(result.Refusal);
        Assert.All(result.Errors, error => Assert.True(error.Passes, error.ToString()));
        CaseTable.Check(result);
    }
}
