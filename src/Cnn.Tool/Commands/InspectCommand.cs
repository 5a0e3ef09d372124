using System.CommandLine;
using Cnn.Tool.Importing;
using Cnn.Tool.Importing.Onnx;
using Cnn.Tool.Writing;

namespace Cnn.Tool.Commands;

/// <summary>cnn inspect: what a model is made of, and what an import would say.</summary>
internal static class InspectCommand
{
    public static Command Create(TextWriter output)
    {
        ModelSource model = new();
        Command command = new("inspect", "Show the operators, shapes, parameters and multiply-adds of an ONNX model, and what an import would say.");
        model.AddTo(command);
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(model.Model)!;
            ImportOptions options = model.Options(parsed);
            OnnxModel read = OnnxModel.Read(path);
            output.Write(ModelTable.Of(read, Path.GetDirectoryName(Path.GetFullPath(path)), options));
            output.WriteLine();
            output.WriteLine(Said(path, options));
            return 0;
        });
        return command;
    }

    private static string Said(string path, ImportOptions options)
    {
        try
        {
            Import import = Import.Onnx(path, ClassNames.Of(path), "", options);
            _ = import.Declared();
            int layers = import.Declared().Layers.Length;
            return $"It can be imported: {layers} layers, {ImportCommand.Shapes(import.InputShapes)} -> {ImportCommand.Shapes(import.OutputShapes)}.";
        }
        catch (ImportException exception)
        {
            return exception.Message;
        }
    }
}
