using System.Reflection;
using Cnn.Tool.Compiling;
using Cnn.Tool.Importing;

namespace Cnn.Onnx.Tests.Support;

/// <summary>All small cases, imported, compiled together and run once for all tests.</summary>
internal static class ImportedCases
{
    private const string Namespace = "Imported";

    private static readonly Lazy<IReadOnlyList<CaseResult>> All = new(() => Run(ModelCase.Small));

    public static IReadOnlyList<CaseResult> Small => All.Value;

    public static IReadOnlyList<CaseResult> Run(IReadOnlyList<ModelCase> cases)
    {
        Dictionary<ModelCase, Import> imports = [];
        Dictionary<ModelCase, string> refusals = [];
        foreach (ModelCase model in cases)
        {
            try
            {
                imports.Add(model, Tool.Importing.Import.Onnx(model.Model, model.ClassName, Namespace));
            }
            catch (ImportException exception)
            {
                refusals.Add(model, exception.Message);
            }
        }

        Assembly assembly = NetworkCompiler.Compile(imports.Select(pair => (pair.Key.ClassName + ".cs", pair.Value.Source)));
        IReadOnlyDictionary<string, Type> networks = NetworkCompiler.Networks(assembly);
        return [.. cases.Select(model => refusals.TryGetValue(model, out string? refusal)
            ? new CaseResult(model, refusal, "", [])
            : CaseResult.Of(model, imports[model], Create(networks[$"{Namespace}.{model.ClassName}"], imports[model])))];
    }

    private static INetwork Create(Type type, Import import)
    {
        string path = Path.GetTempFileName();
        try
        {
            import.Weights.Write(path);
            using FileStream stream = File.OpenRead(path);
            return NetworkCompiler.Create(type, stream);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
