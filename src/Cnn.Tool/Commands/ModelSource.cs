using System.CommandLine;
using Cnn.Tool.Importing;

namespace Cnn.Tool.Commands;

/// <summary>The arguments by which a command gets at an ONNX model: the file, the shapes of its open axes, and where it ends.</summary>
internal sealed class ModelSource
{
    public Argument<string> Model { get; } = new("MODEL") { Description = "An ONNX model of operator versions 6 to 28." };

    public Option<string[]> Shape { get; } = new("--shape")
    {
        Description = "The shape of an input whose axes are open, batch first: 1,3,320,320, or NAME=1,3,320,320 for one of several. Repeatable.",
    };

    public Option<string[]> Outputs { get; } = new("--outputs")
    {
        Description = "Names of tensors, with commas between them, at which the import ends. Default: the model's outputs.",
    };

    public void AddTo(Command command)
    {
        command.Add(Model);
        command.Add(Shape);
        command.Add(Outputs);
    }

    /// <summary>What the user says beside the file.</summary>
    public ImportOptions Options(ParseResult parsed) => new()
    {
        Shapes = ImportOptions.ParseShapes(parsed.GetValue(Shape) ?? []),
        Outputs = [.. (parsed.GetValue(Outputs) ?? []).SelectMany(static names =>
            names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
    };
}
