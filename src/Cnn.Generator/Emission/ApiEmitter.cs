using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Text;

namespace Cnn.Generator.Emission;

/// <summary>Writes the members of a network that users call.</summary>
internal sealed class ApiEmitter(SourceWriter writer, NetworkPlan plan)
{
    private const string Version = "0.1.0";
    private readonly string _name = NetworkEmitter.Identifier(plan.Network.Type.Name);

    /// <summary>The packing of a weight as an expression.</summary>
    public static string Packing(WeightLayout layout) =>
        $"new WeightPacking({Expressions.Number(layout.Groups)}, {Expressions.Number(layout.Outputs)}, {Expressions.Number(layout.Inputs)}, {Expressions.Number(layout.Taps)}, {Expressions.Number(layout.Block)}{(layout.InputsFirst ? ", InputsFirst: true" : string.Empty)})";

    public void Emit()
    {
        TypeSpec type = plan.Network.Type;
        SummaryEmitter.EmitTable(writer, plan.Network);
        writer.Line($"[global::System.CodeDom.Compiler.GeneratedCode(\"Cnn.Generator\", \"{Version}\")]");
        using (writer.Block($"partial class {_name} : INetwork<{_name}>"))
        {
            writer.Line("private readonly NetworkCore _core;");
            writer.Line();
            EmitConstants();
            EmitCreation();
            EmitSummary();
            EmitParameters();
        }
    }

    private void EmitConstants()
    {
        TensorShape input = plan.Network.Input.OutputShape;
        TensorShape output = plan.Network.Output.OutputShape;
        writer.Line($"/// <summary>Floats of one input, {input}.</summary>");
        writer.Line($"public const int InputLength = {Expressions.Number(input.Length)};");
        writer.Line();
        writer.Line($"/// <summary>Floats of one output, {output}.</summary>");
        writer.Line($"public const int OutputLength = {Expressions.Number(output.Length)};");
        writer.Line();
        writer.Line("int INetwork.InputLength => InputLength;");
        writer.Line();
        writer.Line("int INetwork.OutputLength => OutputLength;");
        writer.Line();
    }

    private void EmitCreation()
    {
        writer.Line("/// <summary>Creates a network with PyTorch's default initialisation.</summary>");
        writer.Line("/// <param name=\"seed\">The same seed gives the same parameters.</param>");
        writer.Line($"public {_name}(int seed = 0) => _core = new NetworkCore(Definitions, seed);");
        writer.Line();
        writer.Line($"private {_name}(NetworkCore core) => _core = core;");
        writer.Line();
        writer.Line($"static {_name} INetwork<{_name}>.Create(int seed) => new(seed);");
        writer.Line();
        writer.Line("/// <summary>Creates a network with the parameters of a safetensors file.</summary>");
        writer.Line("/// <param name=\"path\">The file.</param>");
        writer.Line("/// <exception cref=\"WeightsException\">The file is damaged, or its tensors are not those of this network.</exception>");
        writer.Line($"public static {_name} Load(string path) => new(NetworkCore.Load(Definitions, path));");
        writer.Line();
        writer.Line("/// <summary>Creates a network with the parameters of a safetensors stream.</summary>");
        writer.Line("/// <param name=\"stream\">A readable stream, left open.</param>");
        writer.Line("/// <exception cref=\"WeightsException\">The stream is damaged, or its tensors are not those of this network.</exception>");
        writer.Line($"public static {_name} Load(Stream stream) => new(NetworkCore.Load(Definitions, stream));");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line("public void Save(string path) => _core.Save(path);");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line("public void Save(Stream stream) => _core.Save(stream);");
        writer.Line();
        SummaryEmitter.EmitParameterTable(writer, plan.Network);
        writer.Line("public ParameterSet Parameters => _core.Parameters;");
        writer.Line();
        writer.Line("/// <inheritdoc cref=\"INetwork.CreateTrainer\"/>");
        writer.Line("public Trainer CreateTrainer(Optimizer optimizer, Loss loss, TrainerOptions? options = null) => new(this, optimizer, loss, options);");
        writer.Line();
        writer.Line("ITrainer INetwork.CreateTrainer(Optimizer optimizer, Loss loss, TrainerOptions? options) => CreateTrainer(optimizer, loss, options);");
        writer.Line();
        writer.Line("/// <inheritdoc cref=\"INetwork.CreatePredictor\"/>");
        writer.Line("public Predictor CreatePredictor(PredictorOptions? options = null) => new(this, options);");
        writer.Line();
        writer.Line("IPredictor INetwork.CreatePredictor(PredictorOptions? options) => CreatePredictor(options);");
        writer.Line();
    }

    private void EmitSummary()
    {
        writer.Line("NetworkSummary INetwork.Summary => Summary;");
        writer.Line();
        writer.Line("/// <summary>Layers, shapes, parameters, multiply-adds and receptive fields; prints as a table.</summary>");
        SummaryEmitter.EmitProperty(writer, plan.Network);
        writer.Line();
    }

    private void EmitParameters()
    {
        writer.Line("/// <summary>Each parameter's name and shape in files, how it starts, and where and how a trainer packs it.</summary>");
        writer.Line("private static readonly ParameterDefinition[] Definitions =");
        writer.Line("[");
        foreach (PlannedParameter parameter in plan.Parameters)
        {
            ParameterShape shape = parameter.Shape;
            writer.Line($"    new(\"{shape.Name}\", [{string.Join(", ", shape.Shape.Select(Expressions.Number))}], {(shape.IsTrainable ? "true" : "false")}, ParameterStart.{shape.Initialization}, {Expressions.Number(shape.FanIn)}, {Expressions.Number(parameter.Offset)}, {Packing(parameter.Layout)}),");
        }

        writer.Line("];");
    }
}
