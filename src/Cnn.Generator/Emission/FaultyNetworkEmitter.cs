using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Text;

namespace Cnn.Generator.Emission;

/// <summary>
/// Writes the API of a network that cannot be generated, in members that throw: the user sees the mistake, which is reported where it was made, and no
/// missing members.
/// </summary>
public static class FaultyNetworkEmitter
{
    private const string Trainer = "Trainer";
    private const string Predictor = "Predictor";

    internal const string Throw = "throw new _sys::InvalidOperationException(\"The network was not generated.\")";

    /// <summary>The file; null for a class that cannot be reopened at all.</summary>
    public static GeneratedFile? Emit(PlanResult result, string stem) => result.CanReopen
        ? new GeneratedFile($"{stem}.g.cs", NetworkEmitter.File(result.Type, writer => EmitStub(writer, result), isStub: true))
        : null;

    private static void EmitStub(SourceWriter writer, PlanResult result)
    {
        string type = NetworkEmitter.FullName(result.Type);
        HashSet<string> declared = new(
            result.Faulty!.Faults.Where(static fault => fault.Id == FaultIds.DeclaresGeneratedMember).Select(static fault => WithoutAccessor(fault.Argument!)),
            StringComparer.Ordinal);

        // What the user declares may be of another type than the interface's.
        string contract = declared.Count > 0 ? "" : result.IsOldLanguage ? " : _cnn::INetwork" : $" : _cnn::INetwork<{type}>";
        FaultyPortEmitter ports = new(writer, result.Faulty, isLeftOut: declared.Count > 0 || result.IsOldLanguage);
        writer.Line("// The network has errors, which the compiler tells where they were made. These members let its uses compile.");
        using (writer.Block($"partial class {NetworkEmitter.Identifier(result.Type.Name)}{contract}"))
        {
            foreach ((string name, string text) in Members(result, type))
            {
                if (!declared.Contains(name))
                    writer.Line(text);
            }

            if (contract.Length > 0)
                EmitContract(writer, result.IsOldLanguage ? null : type);
            ports.EmitMembers();
            if (!declared.Contains(Trainer))
                EmitTrainer(writer, ports);
            if (!declared.Contains(Predictor))
                EmitPredictor(writer, ports, result);
        }
    }

    private static string WithoutAccessor(string name) =>
        name.StartsWith("get_", StringComparison.Ordinal) || name.StartsWith("set_", StringComparison.Ordinal) ? name.Substring(4) : name;

    /// <summary>Each with the name that the user may not give to another.</summary>
    private static IEnumerable<(string Name, string Text)> Members(PlanResult result, string type)
    {
        string call = result.Type.StubBaseArguments is { } arguments ? $" : base({arguments})" : string.Empty;
        return
        [
            (".ctor", $"public {NetworkEmitter.Identifier(result.Type.Name)}(int seed = 0){call} => {Throw};"),
            ("InputLength", "public const int InputLength = 0;"),
            ("OutputLength", "public const int OutputLength = 0;"),
            ("Summary", $"public static _cnn::NetworkSummary Summary => {Throw};"),
            ("Parameters", $"public _cnn::ParameterSet Parameters => {Throw};"),
            ("Load", $"public static {type} Load(string path) => {Throw};"),
            ("Load", $"public static {type} Load(_sys::IO.Stream stream) => {Throw};"),
            ("Save", $"public void Save(string path) => {Throw};"),
            ("Save", $"public void Save(_sys::IO.Stream stream) => {Throw};"),
            ("LoadMatching", $"public _cnn::LoadReport LoadMatching(string path, _sys::Func<string, string> rename = null) => {Throw};"),
            ("LoadMatching", $"public _cnn::LoadReport LoadMatching(_sys::IO.Stream stream, _sys::Func<string, string> rename = null) => {Throw};"),
        ];
    }

    private static void EmitContract(SourceWriter writer, string? type)
    {
        writer.Line($"_sys::Collections.Generic.IReadOnlyList<_cnn::Port> _cnn::INetwork.Inputs => {Throw};");
        writer.Line($"_sys::Collections.Generic.IReadOnlyList<_cnn::Port> _cnn::INetwork.Outputs => {Throw};");
        writer.Line("int _cnn::INetwork.InputLength => 0;");
        writer.Line("int _cnn::INetwork.OutputLength => 0;");
        writer.Line($"_cnn::NetworkSummary _cnn::INetwork.Summary => {Throw};");
        writer.Line("_cnn::ITrainer _cnn::INetwork.CreateTrainer(_cnn::Optimizer optimizer, _cnn::Loss loss, _cnn::TrainerOptions options) => "
            + $"{Throw};");
        writer.Line($"_cnn::IPredictor _cnn::INetwork.CreatePredictor(_cnn::PredictorOptions options) => {Throw};");
        if (type is not null)
            writer.Line($"static {type} _cnn::INetwork<{type}>.Create(int seed) => {Throw};");
    }

    private static void EmitTrainer(SourceWriter writer, FaultyPortEmitter ports)
    {
        writer.Line($"public Trainer CreateTrainer(_cnn::Optimizer optimizer, _cnn::Loss loss, _cnn::TrainerOptions options = null) => {Throw};");
        using (writer.Block("public abstract class Trainer : _run::TrainerCore"))
        {
            writer.Line("private Trainer() : base(null, null, null, null, null) { }");
            ports.EmitTraining();
        }
    }

    private static void EmitPredictor(SourceWriter writer, FaultyPortEmitter ports, PlanResult result)
    {
        writer.Line($"public Predictor CreatePredictor(_cnn::PredictorOptions options = null) => {Throw};");
        if (result.Embedded is not null)
            PretrainedEmitter.EmitStub(writer, result.Type, Throw);
        using (writer.Block("public abstract class Predictor : _run::PredictorCore"))
        {
            writer.Line("private Predictor() : base(null) { }");
            writer.Line($"public override {(result.IsOldLanguage ? "_run::PredictorCore" : "Predictor")} Clone() => {Throw};");
            ports.EmitPredict();
        }
    }
}
