using System.CommandLine;
using System.Globalization;
using Cnn.Tool.Compiling;
using Cnn.Tool.Importing;
using Cnn.Tool.Writing;

namespace Cnn.Tool.Commands;

/// <summary>cnn import: from an ONNX model to a declaration and its weights.</summary>
internal static class ImportCommand
{
    public static Command Create(TextWriter output)
    {
        Argument<string> model = new("MODEL") { Description = "An ONNX model of operator versions 6 to 28, exported with a fixed image size." };
        Option<string?> name = new("--name") { Description = "The network's class. Default: after the file." };
        Option<string> folder = new("--out") { Description = "Where to write. Default: the current folder.", DefaultValueFactory = _ => "." };
        Option<string> space = new("--namespace") { Description = "The class's namespace. Default: none.", DefaultValueFactory = _ => "" };
        Option<bool> force = new("--force") { Description = "Overwrite files that are there." };
        Command command = new("import", "Write an ONNX model as a C# declaration and a safetensors file.") { model, name, folder, space, force };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(model)!;
            string className = parsed.GetValue(name) ?? ClassNames.Of(path);
            ClassNames.Check(className, parsed.GetValue(space)!);
            Import import = Import.Onnx(path, className, parsed.GetValue(space)!);
            Write(import, parsed.GetValue(folder)!, parsed.GetValue(force), output);
            return 0;
        });
        return command;
    }

    /// <summary>Writes both files, once the declaration compiles and its parameters are those of the weights.</summary>
    public static void Write(Import import, string folder, bool force, TextWriter output)
    {
        string source = Path.Combine(folder, import.ClassName + ".cs");
        string weights = Path.Combine(folder, import.ClassName.ToLowerInvariant() + ".safetensors");
        foreach (string file in (string[])[source, weights])
        {
            if (File.Exists(file) && !force)
                throw new ImportException($"'{file}' is there already, and nothing was written: give --force, or another --out or --name.");
        }

        INetwork network = Check(import);
        Directory.CreateDirectory(folder);
        import.Weights.Write(weights);
        AtomicFile.Write(source, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(import.Source)));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{source}: {network.Summary.Layers.Count} layers, {Shapes(import.InputShapes)} -> {Shapes(import.OutputShapes)}, "
            + $"{network.Summary.MultiplyAdds:N0} multiply-adds"));
        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{weights}: {network.Parameters.Length:N0} numbers in {network.Parameters.Count} tensors"));
    }

    private static string Shapes(IEnumerable<int[]> shapes) => string.Join(", ", shapes.Select(static shape => string.Join('x', shape)));

    private static INetwork Check(Import import)
    {
        try
        {
            Type type = NetworkCompiler.Networks(NetworkCompiler.Compile([(import.ClassName + ".cs", import.Source)])).Values.Single();
            INetwork network = NetworkCompiler.Create(type, null);
            foreach (Parameter parameter in network.Parameters)
                _ = import.Weights.Reals(parameter.Name, parameter.Shape);
            return network;
        }
        catch (CompilationException exception)
        {
            throw new ImportException($"The model cannot be expressed, and nothing was written. {exception.Message}", exception);
        }
    }
}
