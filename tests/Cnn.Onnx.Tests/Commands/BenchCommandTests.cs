using System.Globalization;
using System.Text.RegularExpressions;
using Cnn.Tool.Commands;

namespace Cnn.Onnx.Tests.Commands;

/// <summary>cnn bench: every layer that takes time is there, and the parts are those of the whole.</summary>
public sealed partial class BenchCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cnn-bench-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_network_is_measured_layer_by_layer()
    {
        string file = Path.Combine(_folder.FullName, "Net.cs");
        File.WriteAllText(file, """
            [Network, Input(1, 12, 12)]
            [Conv(8, 3, Padding = 1, Name = "left_eye"), ReLU, MaxPool(2)]
            [Flatten, Linear(5)]
            public sealed partial class Net;
            """);
        (int code, string output) = Run("bench", file, "--rounds", "3", "--batch", "2");
        Assert.Equal(0, code);
        string[] lines = output.Split('\n');
        Assert.Matches(@"^Net, batch 2, 1 thread, \w+ kernels: [0-9.]+ (us|ms), [0-9,]+ images/s, \d+ % of the FMA peak of \d+ GFLOP/s$", lines[0]);
        (string Step, double Share, bool HasPeak)[] steps = [.. lines.Select(line => Row().Match(line)).Where(match => match.Success).Select(match =>
            (match.Groups[1].Value, double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture), match.Groups[3].Length > 0))];
        Assert.Contains(steps, step => step.Step == "left_eye" && step.HasPeak);
        Assert.Contains(steps, step => step.Step == "linear1" && step.HasPeak);
        Assert.Contains(steps, step => step.Step == "maxpool1" && !step.HasPeak);
        Assert.InRange(steps.Sum(step => step.Share), 99, 101);
    }

    [Theory]
    [InlineData("--batch", "0")]
    [InlineData("--threads", "many")]
    public void A_number_that_is_none_is_told(string option, string value)
    {
        (int code, string output) = Run("bench", "Net.cs", option, value);
        Assert.Equal(1, code);
        Assert.Contains($"{option} is '{value}': a whole number from 1 to ", output, StringComparison.Ordinal);
    }

    private static (int Code, string Output) Run(params string[] arguments)
    {
        using StringWriter output = new() { NewLine = "\n" };
        int code = CommandLine.Run(arguments, output, output);
        return (code, output.ToString());
    }

    [GeneratedRegex(@"^(\w+) +[0-9.]+ (?:us|ms) +([0-9.]+) % *(\d+ %)?$")]
    private static partial Regex Row();
}
