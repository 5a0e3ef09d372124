using System.Globalization;
using System.Text;
using Cnn.Peers.Tests.Support;

namespace Cnn.Peers.Tests.Shipped;

/// <summary>A folder of models that people ship: each is imported and compared with ONNX Runtime, and what came of it is a row of a table.</summary>
public sealed class ModelFolderTests
{
    /// <summary>
    /// The folder. A <c>shapes.json</c> in it has shapes for inputs whose axes are open, by model and input:
    /// <c>{ "detector": { "images": [1, 3, 320, 320] } }</c>.
    /// </summary>
    private const string Variable = "CNN_MODELS";

    /// <summary>Set to 1 to time both sides too, on one thread.</summary>
    private const string TimesVariable = "CNN_MODEL_TIMES";

    [Fact]
    public void Every_model_of_a_folder_is_right_or_refused_with_its_reason()
    {
        string? folder = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(folder), $"Set {Variable} to a folder of ONNX models, and the table is written.");
        bool times = Environment.GetEnvironmentVariable(TimesVariable) == "1";
        ModelResult[] results = [.. Directory.EnumerateFiles(folder, "*.onnx").Order(StringComparer.Ordinal).Select(file => ModelResult.Of(file, times))];
        StringBuilder table = new();
        table.Append("| model | outputs | largest error, of what is allowed | speed, times ONNX Runtime's | reason |\n|---|---|---|---|---|\n");
        foreach (ModelResult result in results)
            table.Append(CultureInfo.InvariantCulture, $"{result}\n");
        string path = Path.Combine(RunSettings.Folder, "models.md");
        File.WriteAllText(path, table.ToString());
        TestContext.Current.TestOutputHelper!.WriteLine($"{path}\n{table}");
        Assert.True(Array.TrueForAll(results, static result => !result.IsWrong), table.ToString());
    }
}
