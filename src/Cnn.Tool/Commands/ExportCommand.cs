using System.CommandLine;

namespace Cnn.Tool.Commands;

/// <summary>cnn export: from a declaration and weights to an ONNX model.</summary>
internal static class ExportCommand
{
    public static Command Create(TextWriter output)
    {
        NetworkSource source = new();
        Option<string?> target = OutputPath.Option("The ONNX model", "--onnx");
        Command command = new("export", "Write a declared network and its weights as an ONNX model.");
        source.AddTo(command, withWeights: true);
        command.Add(target);
        command.SetAction(parsed =>
        {
            INetwork network = source.Create(parsed);
            string path = OutputPath.Of(parsed.GetValue(target), network.Summary.Name, ".onnx");
            network.SaveOnnx(path);
            output.WriteLine($"{path}: {network.Summary.Name}, {network.Summary.Layers.Count} layers");
            return 0;
        });
        return command;
    }
}
