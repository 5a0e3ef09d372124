using Cnn.Onnx.Tests.Support;
using Cnn.Tool.Commands;
using Google.Protobuf;

namespace Cnn.Onnx.Tests.Commands;

/// <summary>The tool as it is called, in a folder of its own.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cnn-tool-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_trained_model_is_imported_and_verified_against_its_known_answers()
    {
        ModelCase mnist = ModelCase.Small.Single(model => model.Name == "mnist/mnist-8");
        (int code, string output, string errors) = Run("import", mnist.Model, "--name", "Digits", "--out", _folder);
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("1x28x28 -> 10", output, StringComparison.Ordinal);

        string source = Path.Combine(_folder, "Digits.cs");
        string weights = Path.Combine(_folder, "digits.safetensors");
        (code, output, errors) = Run("verify", source, "--weights", weights, "--input", mnist.Data[0].Input, "--output", mnist.Data[0].Output);
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("ULP", output, StringComparison.Ordinal);

        (code, output, errors) = Run("verify", source, "--weights", weights, "--input", mnist.Data[0].Input, "--output",
            mnist.Data[0].Output, "--storage", "int8");
        Assert.Equal((0, ""), (code, errors));
        Assert.Matches(
            @"int8 weights: outputs differ by up to \d+(\.\d+)? from those of float32 \([\d,]+ ULP of the largest output\); "
            + @"the largest output is the same in 1 of 1 images",
            output);

        string small = Path.Combine(_folder, "small.safetensors");
        (code, _, errors) = Run("weights", weights, source, "--storage", "int8", "--out", small);
        Assert.Equal((0, ""), (code, errors));
        Assert.InRange(new FileInfo(small).Length, 1, new FileInfo(weights).Length / 3);
        (_, output, errors) = Run("verify", source, "--weights", small, "--input", mnist.Data[0].Input, "--output", mnist.Data[0].Output);
        Assert.Equal("", errors);
        Assert.Contains("ULP of the largest output", output, StringComparison.Ordinal);

        (code, _, errors) = Run("verify", source, "--weights", weights, "--input", mnist.Data[0].Input, "--output", mnist.Data[0].Output, "--storage", "int4");
        Assert.Equal(1, code);
        Assert.Contains("--storage is 'int4', and float32, bfloat16 and int8 are known.", errors, StringComparison.Ordinal);

        (code, output, _) = Run("verify", source, "--weights", weights, "--input", mnist.Data[0].Input, "--output", mnist.Data[1].Output);
        Assert.Equal(1, code);
        Assert.Contains("BEYOND", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checked_import_writes_the_same_files()
    {
        ModelCase mnist = ModelCase.Small.Single(model => model.Name == "mnist/mnist-8");
        string plain = Path.Combine(_folder, "plain");
        string compiled = Path.Combine(_folder, "checked");
        (int code, string said, _) = Run("import", mnist.Model, "--name", "Digits", "--out", plain);
        (int codeOfChecked, string saidOfChecked, _) = Run("import", mnist.Model, "--name", "Digits", "--out", compiled, "--check");
        Assert.Equal((0, 0), (code, codeOfChecked));
        Assert.Equal(said.Replace(plain, "", StringComparison.Ordinal), saidOfChecked.Replace(compiled, "", StringComparison.Ordinal));
        foreach (string file in (string[])["Digits.cs", "digits.safetensors"])
            Assert.Equal(File.ReadAllBytes(Path.Combine(plain, file)), File.ReadAllBytes(Path.Combine(compiled, file)));
    }

    [Fact]
    public void A_model_is_inspected_without_writing_anything()
    {
        ModelCase mnist = ModelCase.Small.Single(model => model.Name == "mnist/mnist-8");
        (int code, string output, string errors) = Run("inspect", mnist.Model);
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("input 'Input3': 1x1x28x28", output, StringComparison.Ordinal);
        Assert.Matches(@"\nConv +Convolution28 +1x8x28x28 +200 +156,800\n", output);
        Assert.Matches(@"\n +12 nodes +5,994 +[0-9,]+\n", output);
        Assert.Contains("It can be imported: ", output, StringComparison.Ordinal);
        (code, output, _) = Run("inspect", ModelCase.Small.Single(model => model.Name == "node/add").Model);
        Assert.Equal(0, code);
        Assert.Contains("The model cannot be expressed", output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void An_import_ends_where_the_command_line_says()
    {
        ModelCase mnist = ModelCase.Small.Single(model => model.Name == "mnist/mnist-8");
        (int code, string output, string errors) = Run("import", mnist.Model, "--name", "Digits", "--out", _folder, "--outputs",
            "ReLU32_Output_0,Pooling66_Output_0");
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("1x28x28 -> 8x28x28, 8x14x14", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_are_there_are_not_overwritten()
    {
        ModelCase mnist = ModelCase.Small.Single(model => model.Name == "mnist/mnist-8");
        string source = Path.Combine(_folder, "Digits.cs");
        File.WriteAllText(source, "// mine");
        (int code, _, string errors) = Run("import", mnist.Model, "--name", "Digits", "--out", _folder);
        Assert.Equal(1, code);
        Assert.Contains("--force", errors, StringComparison.Ordinal);
        Assert.Equal("// mine", File.ReadAllText(source));
        Assert.Equal([source], Directory.EnumerateFiles(_folder));
    }

    [Fact]
    public void A_model_that_cannot_be_expressed_is_told_with_its_node_and_nothing_is_written()
    {
        ModelCase refused = ModelCase.Small.Single(model => model.Name == "node/add");
        (int code, string output, string errors) = Run("import", refused.Model, "--out", _folder);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("nothing was written", errors, StringComparison.Ordinal);
        Assert.Contains("the Add that makes 'sum'", errors, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("import", "missing.onnx")]
    [InlineData("summary", "Missing.cs")]
    public void A_file_that_is_not_there_is_told(params string[] arguments)
    {
        (int code, _, string errors) = Run(arguments);
        Assert.Equal(1, code);
        Assert.Contains(arguments[1], errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 1, 2, 4, 4 }, new[] { 1, 1, 4, 4 }, "The inputs have the shape [1, 2, 4, 4], and Tiny takes [images, 1, 4, 4]")]
    [InlineData(new[] { 4, 4 }, new[] { 1, 1, 4, 4 }, "The inputs have the shape [4, 4]")]
    [InlineData(new[] { 16 }, new[] { 1, 1, 4, 4 }, "The inputs have the shape [16]")]
    [InlineData(new[] { 1, 4, 4, 1 }, new[] { 1, 1, 4, 4 }, "The inputs have the shape [1, 4, 4, 1]")]
    [InlineData(new[] { 2, 1, 4, 4 }, new[] { 1, 2, 4, 4 }, "The expected outputs have the shape [1, 2, 4, 4], and Tiny gives [2, 1, 4, 4]")]
    [InlineData(new[] { 2, 16 }, new[] { 2, 1, 4, 4 }, null)]
    [InlineData(new[] { 3, 1, 4, 4 }, new[] { 3, 16 }, null)]
    public void Inputs_and_outputs_have_the_axes_of_the_network_with_the_batch_first(int[] inputs, int[] outputs, string? reason)
    {
        string source = Path.Combine(_folder, "Tiny.cs");
        File.WriteAllText(source, "[Network, Input(1, 4, 4), Identity] public sealed partial class Tiny;");
        (int code, string output, string errors) = Run("verify", source, "--input", Zeros("x.pb", inputs), "--output", Zeros("y.pb", outputs));
        Assert.Equal(reason is null ? 0 : 1, code);
        Assert.Contains(reason ?? "within 1e-5", reason is null ? output : errors, StringComparison.Ordinal);
    }

    private string Zeros(string name, int[] shape)
    {
        string path = Path.Combine(_folder, name);
        long[] axes = [.. shape.Select(axis => (long)axis)];
        File.WriteAllBytes(path, Models.Floats("zeros", axes, new float[axes.Aggregate(1L, (product, axis) => product * axis)]).ToByteArray());
        return path;
    }

    private static (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter errors = new();
        int code = CommandLine.Run(arguments, output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
