using Cnn.Definitions;
using Cnn.Onnx;
using Cnn.Tool.Compiling;
using Cnn.Tool.Importing;
using Cnn.Tool.Importing.Onnx;

namespace Cnn.Architecture.Tests.Support;

/// <summary>Sends a network through the export and the import, and lists what a layer lacks there.</summary>
internal static class OnnxProbe
{
    /// <param name="kind">The attribute without its suffix.</param>
    /// <param name="source">A file that declares a network with the layer.</param>
    public static IEnumerable<string> Missing(string kind, string source)
    {
        INetwork network = NetworkCompiler.Create(NetworkCompiler.Networks(NetworkCompiler.Compile([("Net.cs", source)])).Values.Single(), null);
        using MemoryStream model = new();
        try
        {
            network.SaveOnnx(model);
        }
        catch (NotSupportedException exception)
        {
            return [$"Cnn.Onnx: {exception.Message} See Export."];
        }

        model.Position = 0;
        try
        {
            string declaration = Import.Onnx(OnnxModel.Read(model, null), null, "Imported", "", "A probe.").Source;
            if (LayerTable.Find(kind) is { PassesOn: true } or { ComesBackAsOthers: true } || Declares(declaration, kind))
                return [];
            return [$"Cnn.Tool: a {kind} that is exported comes back as something else; see Importing:\n{declaration}"];
        }
        catch (ImportException exception)
        {
            return [$"Cnn.Tool: what is exported of {kind} is not imported; see Importing: {exception.Message}"];
        }
    }

    private static bool Declares(string declaration, string kind) =>
        System.Text.RegularExpressions.Regex.IsMatch(declaration, $@"^\[.*\b{kind}\b", System.Text.RegularExpressions.RegexOptions.Multiline);
}
