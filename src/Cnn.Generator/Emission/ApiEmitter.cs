using Cnn.Generator.Collections;
using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Text;

namespace Cnn.Generator.Emission;

/// <summary>Writes the members of a network that users call.</summary>
internal sealed class ApiEmitter(SourceWriter writer, NetworkPlan plan)
{
    private const string Version = "0.1.0";
    private readonly string _name = NetworkEmitter.Identifier(plan.Network.Type.Name);
    private readonly string _type = NetworkEmitter.FullName(plan.Network.Type);

    /// <summary>The packing of a weight as an expression.</summary>
    public static string Packing(WeightLayout layout) =>
        $"new _run::WeightPacking({Expressions.Number(layout.Groups)}, {Expressions.Number(layout.Outputs)}, {Expressions.Number(layout.Inputs)}, "
        + $"{Expressions.Number(layout.Taps)}, {Expressions.Number(layout.Block)}{(layout.InputsFirst ? ", InputsFirst: true" : string.Empty)})";

    public void Emit()
    {
        TypeSpec type = plan.Network.Type;
        SummaryEmitter.EmitTable(writer, plan.Network);
        if (!type.IsMarkedGenerated)
            writer.Line($"[_sys::CodeDom.Compiler.GeneratedCode(\"Cnn.Generator\", \"{Version}\")]");
        using (writer.Block($"partial class {_name} : _cnn::INetwork<{_type}>"))
        {
            writer.Line("private readonly _run::NetworkCore _core;");
            writer.Line();
            EmitConstants();
            EmitCreation();
            EmitSummary();
            EmitParameters();
        }
    }

    private void EmitConstants()
    {
        ShapedNetwork network = plan.Network;
        EmitConstant($"{Element(network.Inputs)} of one {Ports("input", network.Inputs)}", "Input", network.InputLength);
        EmitConstant($"Floats of one {Ports("output", network.Outputs)}", "Output", network.OutputLength);
        if (network.HasNamedPorts)
        {
            // InputLength and OutputLength are those of a port that has no name of its own.
            foreach (ShapedPort port in network.Inputs.Concat(network.Outputs).Where(static port => port.PascalName is not ("Input" or "Output")))
                EmitConstant($"{Element([port])} of one <c>{port.Name}</c>, {Crosses(port)}", port.PascalName, port.Shape.Length);
        }

        writer.Line("int _cnn::INetwork.InputLength => InputLength;");
        writer.Line();
        writer.Line("int _cnn::INetwork.OutputLength => OutputLength;");
        writer.Line();
    }

    private void EmitConstant(string summary, string name, int length)
    {
        writer.Line($"/// <summary>{summary}.</summary>");
        writer.Line($"public const int {name}Length = {Expressions.Number(length)};");
        writer.Line();
    }

    private static string Element(IEnumerable<ShapedPort> ports) => ports.All(static port => port.Element == PortElement.UInt8) ? "Bytes" : "Floats";

    private static string Ports(string kind, EquatableArray<ShapedPort> ports) =>
        ports.Length == 1
            ? $"{kind}, {Crosses(ports[0])}"
            : $"image of all {kind}s: {string.Join(", ", ports.Select(static port => $"{port.Name} {Crosses(port)}"))}";

    private static string Crosses(ShapedPort port) => string.Join("x", port.CallersShape.Select(Expressions.Number));

    private void EmitCreation()
    {
        writer.Line("/// <summary>Creates a network with PyTorch's default initialisation.</summary>");
        writer.Line("/// <param name=\"seed\">The same seed gives the same parameters.</param>");
        writer.Line($"public {_name}(int seed = 0) => _core = new _run::NetworkCore(Definitions, seed);");
        writer.Line();
        writer.Line($"private {_name}(_run::NetworkCore core) => _core = core;");
        writer.Line();
        writer.Line($"static {_type} _cnn::INetwork<{_type}>.Create(int seed) => new(seed);");
        writer.Line();
        writer.Line("/// <summary>Creates a network with the parameters of a safetensors file.</summary>");
        writer.Line("/// <param name=\"path\">The file.</param>");
        writer.Line("/// <exception cref=\"_cnn::WeightsException\">The file is damaged, or its tensors are not those of this network.</exception>");
        writer.Line($"public static {_type} Load(string path) => new(_run::NetworkCore.Load(Definitions, path));");
        writer.Line();
        writer.Line("/// <summary>Creates a network with the parameters of a safetensors stream.</summary>");
        writer.Line("/// <param name=\"stream\">A readable stream, left open.</param>");
        writer.Line("/// <exception cref=\"_cnn::WeightsException\">The stream is damaged, or its tensors are not those of this network.</exception>");
        writer.Line($"public static {_type} Load(_sys::IO.Stream stream) => new(_run::NetworkCore.Load(Definitions, stream));");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line("public void Save(string path) => _core.Save(path);");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line("public void Save(_sys::IO.Stream stream) => _core.Save(stream);");
        writer.Line();
        foreach (string source in new[] { "string path", "_sys::IO.Stream stream" })
        {
            writer.Line("/// <inheritdoc/>");
            writer.Line($"public _cnn::LoadReport LoadMatching({source}, _sys::Func<string, string?>? rename = null) => "
                + $"_core.LoadMatching({source.Split(' ')[1]}, rename);");
            writer.Line();
        }

        SummaryEmitter.EmitParameterTable(writer, plan.Network);
        writer.Line("public _cnn::ParameterSet Parameters => _core.Parameters;");
        writer.Line();
        writer.Line("/// <inheritdoc cref=\"_cnn::INetwork.CreateTrainer\"/>");
        writer.Line("public Trainer CreateTrainer(_cnn::Optimizer optimizer, _cnn::Loss loss, _cnn::TrainerOptions? options = null) "
            + "=> new(this, optimizer, loss, options);");
        writer.Line();
        if (plan.Network.Outputs.Length > 1)
            EmitLosses();
        writer.Line("_cnn::ITrainer _cnn::INetwork.CreateTrainer(_cnn::Optimizer optimizer, _cnn::Loss loss, _cnn::TrainerOptions? options) => "
            + "CreateTrainer(optimizer, loss, options);");
        writer.Line();
        writer.Line("/// <inheritdoc cref=\"_cnn::INetwork.CreatePredictor\"/>");
        writer.Line("public Predictor CreatePredictor(_cnn::PredictorOptions? options = null) => new(this, options);");
        writer.Line();
        writer.Line("_cnn::IPredictor _cnn::INetwork.CreatePredictor(_cnn::PredictorOptions? options) => CreatePredictor(options);");
        writer.Line();
    }

    private void EmitLosses()
    {
        EquatableArray<ShapedPort> outputs = plan.Network.Outputs;
        writer.Line("/// <inheritdoc cref=\"_cnn::INetwork.CreateTrainer\"/>");
        writer.Line("/// <param name=\"losses\">What is minimised: the sum of these.</param>");
        writer.Line("public Trainer CreateTrainer(_cnn::Optimizer optimizer, Losses losses, _cnn::TrainerOptions? options = null) => "
            + "new(this, optimizer, losses.Each(), options);");
        writer.Line();
        writer.Line("/// <summary>A loss for each output; an output without one is not trained.</summary>");
        using (writer.Block("public sealed record Losses"))
        {
            foreach (ShapedPort port in outputs)
            {
                writer.Line($"/// <summary>Of <c>{port.Name}</c>, {Crosses(port)}.</summary>");
                writer.Line($"public _cnn::Loss? {port.PascalName} {{ get; init; }}");
                writer.Line();
            }

            writer.Line($"internal _cnn::Loss Each() => _cnn::Loss.Each({string.Join(", ", outputs.Select(static port => port.PascalName))});");
        }

        writer.Line();
    }

    private void EmitSummary()
    {
        writer.Line("_cnn::NetworkSummary _cnn::INetwork.Summary => Summary;");
        writer.Line();
        writer.Line("/// <summary>Layers, shapes, parameters, multiply-adds and receptive fields; prints as a table.</summary>");
        SummaryEmitter.EmitProperty(writer, plan.Network);
        writer.Line();
    }

    private void EmitParameters()
    {
        writer.Line("/// <summary>Each parameter's name and shape in files, how it starts, and where and how a trainer packs it.</summary>");
        writer.Line("private static readonly _run::ParameterDefinition[] Definitions =");
        writer.Line("[");
        foreach (PlannedParameter parameter in plan.Parameters)
        {
            ParameterShape shape = parameter.Shape;
            writer.Line($"    new(\"{shape.Name}\", [{string.Join(", ", shape.Shape.Select(Expressions.Number))}], {(shape.IsTrainable ? "true" : "false")}, "
                + $"_run::ParameterStart.{shape.Initialization}, {Expressions.Number(shape.FanIn)}, {Expressions.Number(parameter.Offset)}, "
                + $"{Packing(parameter.Layout)}){(shape.Initialization == Initialization.Constant ? $" {{ Value = {Expressions.Real(shape.Start)} }}" : "")},");
        }

        writer.Line("];");
    }
}
