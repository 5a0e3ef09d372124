using System.CommandLine;
using System.Globalization;
using Cnn.Generator.Model;
using Cnn.Tool.Compiling;
using Cnn.Tool.Importing;
using Cnn.Tool.Writing;

namespace Cnn.Tool.Commands;

/// <summary>cnn import: from an ONNX model to a declaration and its weights.</summary>
internal static class ImportCommand
{
    public static Command Create(TextWriter output)
    {
        ModelSource model = new();
        Option<string?> name = new("--name") { Description = "The network's class. Default: after the file." };
        Option<string> folder = new("--out") { Description = "Where to write. Default: the current folder.", DefaultValueFactory = _ => "." };
        Option<string> space = new("--namespace") { Description = "The class's namespace. Default: none.", DefaultValueFactory = _ => "" };
        Option<bool> force = new("--force") { Description = "Overwrite files that are there." };
        Option<bool> check = new("--check") { Description = "Compile the network and load the weights before anything is written, which takes some seconds." };
        Command command = new("import", "Write an ONNX model as a C# declaration and a safetensors file.") { name, folder, space, force, check };
        model.AddTo(command);
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(model.Model)!;
            string className = parsed.GetValue(name) ?? ClassNames.Of(path);
            ClassNames.Check(className, parsed.GetValue(space)!);
            Import import = Import.Onnx(path, className, parsed.GetValue(space)!, model.Options(parsed));
            Write(import, parsed.GetValue(folder)!, parsed.GetValue(force), parsed.GetValue(check), output);
            return 0;
        });
        return command;
    }

    /// <summary>Writes both files, once the declaration keeps the generator's rules and its parameters are those of the weights.</summary>
    private static void Write(Import import, string folder, bool force, bool compile, TextWriter output)
    {
        string source = Path.Combine(folder, import.ClassName + ".cs");
        string weights = Path.Combine(folder, import.ClassName.ToLowerInvariant() + ".safetensors");
        foreach (string file in (string[])[source, weights])
        {
            if (File.Exists(file) && !force)
                throw new ImportException($"'{file}' is there already, and nothing was written: give --force, or another --out or --name.");
        }

        ShapedNetwork network = import.Declared();
        if (compile)
            Compile(import);
        Directory.CreateDirectory(folder);
        import.Weights.Write(weights);
        AtomicFile.Write(source, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(import.Source)));
        ParameterShape[] parameters = [.. network.Layers.SelectMany(static layer => layer.Parameters)];
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{source}: {network.Layers.Length} layers, {Shapes(import.InputShapes)} -> {Shapes(import.OutputShapes)}, "
            + $"{network.Layers.Sum(static layer => layer.MultiplyAdds):N0} multiply-adds"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{weights}: {parameters.Sum(static parameter => parameter.Shape.Aggregate(1L, static (product, axis) => product * axis)):N0} numbers "
            + $"in {parameters.Length} tensors"));
    }

    /// <summary>As it is shown of ports: <c>3x320x320, 10</c>.</summary>
    public static string Shapes(IEnumerable<int[]> shapes) => string.Join(", ", shapes.Select(static shape => string.Join('x', shape)));

    private static void Compile(Import import)
    {
        try
        {
            Type type = NetworkCompiler.Networks(NetworkCompiler.Compile([(import.ClassName + ".cs", import.Source)])).Values.Single();
            using MemoryStream weights = new();
            import.Weights.Write(weights);
            weights.Position = 0;
            _ = NetworkCompiler.Create(type, weights);
        }
        catch (CompilationException exception)
        {
            throw new ImportException($"The model cannot be expressed, and nothing was written. {exception.Message}", exception);
        }
    }
}
