using Cnn.Generator.Tests.Harness;
using Cnn.Onnx.Tests.Support;
using Cnn.Tool.Importing;

namespace Cnn.Onnx.Tests.Writing;

/// <summary>The text that is written for well-known networks. Set CNN_UPDATE_GOLDEN=1 and run these tests to write it anew.</summary>
public sealed class GoldenDeclarationTests
{
    [Theory]
    [InlineData("light/bvlc_alexnet", "AlexNet")]
    [InlineData("light/inception_v1", "GoogLeNet")]
    [InlineData("light/resnet50", "ResNet50")]
    [InlineData("light/squeezenet", "SqueezeNet")]
    [InlineData("light/vgg19", "Vgg19")]
    [InlineData("mnist/mnist-8", "Mnist")]
    public void A_model_is_written_as_a_person_would_write_it(string name, string className)
    {
        ModelCase model = ModelCase.Small.Concat(ModelCase.Light).Single(candidate => candidate.Name == name);
        string source = Import.Onnx(model.Model, className, "").Source;
        string file = Path.Combine(RepositoryFolder.Find("tests", "Cnn.Onnx.Tests", "Golden"), className + ".verified.txt");
        if (RepositoryFolder.IsToBeUpdated)
            File.WriteAllText(file, source);
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), source);
    }
}
