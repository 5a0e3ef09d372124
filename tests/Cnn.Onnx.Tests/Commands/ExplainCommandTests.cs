using Cnn.Generator.Model;
using Cnn.Tool.Commands;

namespace Cnn.Onnx.Tests.Commands;

/// <summary>Pages of diagnostics, and commands that do not exist.</summary>
public sealed class ExplainCommandTests
{
    [Theory]
    [InlineData("CNN1006")]
    [InlineData("cnn1006")]
    [InlineData("1006")]
    public void A_diagnostics_page_is_in_the_tool(string id)
    {
        (int code, string output, _) = Run("explain", id);
        Assert.Equal(0, code);
        Assert.StartsWith("# CNN1006: Linear on a feature map", output, StringComparison.Ordinal);
        Assert.Contains("## Mended", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_diagnostic_is_listed_and_has_a_page()
    {
        (int code, string output, _) = Run("explain");
        Assert.Equal(0, code);
        Assert.All(FaultCatalog.All, fault =>
        {
            Assert.Contains($"{fault.Id}  {fault.Title}\n", output, StringComparison.Ordinal);
            Assert.StartsWith($"# {fault.Id}: ", Run("explain", fault.Id).Output, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_diagnostic_that_does_not_exist_is_one_line() =>
        Assert.Equal((1, "", "There is no diagnostic 'CNN4711': 'cnn explain' lists them.\n"), Run("explain", "CNN4711"));

    [Theory]
    [InlineData("imprt", "There is no command 'imprt'; did you mean import?\n")]
    [InlineData("verfy", "There is no command 'verfy'; did you mean verify?\n")]
    [InlineData("train", "There is no command 'train': 'cnn --help' lists them.\n")]
    public void A_misspelt_command_is_one_line(string command, string expected) => Assert.Equal((1, "", expected), Run(command, "model.onnx"));

    [Theory]
    [InlineData("net.onnx", "net.onnx")]
    [InlineData("new/net.onnx", "new/net.onnx")]
    [InlineData("new/", "new/lenet.onnx")]
    [InlineData("", "lenet.onnx")]
    public void Out_is_a_file_or_a_folder(string given, string expected)
    {
        string folder = Directory.CreateTempSubdirectory("cnn").FullName;
        try
        {
            Assert.Equal(Path.Combine(folder, expected), OutputPath.Of(Path.Combine(folder, given), "LeNet", ".onnx"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        using StringWriter output = new() { NewLine = "\n" };
        using StringWriter errors = new() { NewLine = "\n" };
        return (CommandLine.Run(arguments, output, errors), output.ToString(), errors.ToString());
    }
}
