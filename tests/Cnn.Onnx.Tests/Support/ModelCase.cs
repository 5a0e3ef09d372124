using Cnn.Tool.Importing;
using Cnn.Tool.Importing.Onnx;
using Onnx;

namespace Cnn.Onnx.Tests.Support;

/// <summary>A model with inputs and the outputs that they should give.</summary>
/// <param name="Name">As <c>node/relu</c>.</param>
/// <param name="Model">The ONNX file.</param>
/// <param name="Data">Pairs of files with tensors; the input is empty for the light models, which take arange(n) / n.</param>
internal sealed record ModelCase(string Name, string Model, IReadOnlyList<(string Input, string Output)> Data)
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Models");

    /// <summary>One operator or layer each, and the trained mnist network.</summary>
    public static IReadOnlyList<ModelCase> Small { get; } =
    [
        .. Directory.EnumerateDirectories(Path.Combine(Root, "node")).Concat(Directory.EnumerateDirectories(Path.Combine(Root, "pytorch")))
            .Order(StringComparer.Ordinal).Select(Folder),
        Mnist(),
    ];

    /// <summary>Whole networks with constant weights.</summary>
    public static IReadOnlyList<ModelCase> Light { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Root, "light"), "*.onnx").Order(StringComparer.Ordinal).Select(file => Whole(file))];

    /// <summary>A C# name for the case's network.</summary>
    public string ClassName => string.Concat(Name.Split('/', '_', '-').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));

    public static Tensor ReadTensor(string path) => OnnxTensors.Read(TensorProto.Parser.ParseFrom(File.ReadAllBytes(path)), null);

    private static ModelCase Folder(string folder) => new(
        $"{Path.GetFileName(Path.GetDirectoryName(folder))}/{Path.GetFileName(folder)}",
        Path.Combine(folder, "model.onnx"),
        [(Path.Combine(folder, "input_0.pb"), Path.Combine(folder, "output_0.pb"))]);

    private static ModelCase Mnist()
    {
        string folder = Path.Combine(Root, "mnist");
        return new ModelCase(
            "mnist/mnist-8",
            Path.Combine(folder, "model.onnx"),
            [.. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)
                .Select(set => (Path.Combine(set, "input_0.pb"), Path.Combine(set, "output_0.pb")))]);
    }

    private static ModelCase Whole(string file) =>
        new("light/" + Path.GetFileNameWithoutExtension(file)["light_".Length..], file, [("", Path.ChangeExtension(file, null) + "_output_0.pb")]);
}
