using System.CommandLine;

namespace Cnn.Tool.Commands;

/// <summary>cnn export: from a declaration and weights to an ONNX model.</summary>
internal static class ExportCommand
{
    public static Command Create(TextWriter output)
    {
        NetworkSource source = new();
        Option<string> onnx = new("--onnx") { Description = "The ONNX model to write.", Required = true };
        Command command = new("export", "Write a declared network and its weights as an ONNX model.");
        source.AddTo(command, withWeights: true);
        command.Add(onnx);
        command.SetAction(parsed =>
        {
            INetwork network = source.Create(parsed);
            network.SaveOnnx(parsed.GetValue(onnx)!);
            output.WriteLine($"{parsed.GetValue(onnx)}: {network.Summary.Name}, {network.Summary.Layers.Count} layers");
            return 0;
        });
        return command;
    }
}
