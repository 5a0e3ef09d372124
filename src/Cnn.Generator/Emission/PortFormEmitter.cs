using Cnn.Generator.Model;
using Cnn.Generator.Text;

namespace Cnn.Generator.Emission;

/// <summary>Writes the forms of calls that have a parameter for each port, by its name.</summary>
internal sealed class PortFormEmitter(SourceWriter writer, ShapedNetwork network)
{
    private IEnumerable<string> InputParameters =>
        network.Inputs.Select(static port => $"_sys::ReadOnlySpan<{(port.Element == PortElement.UInt8 ? "byte" : "float")}> {port.CamelName}");

    private IEnumerable<string> TargetParameters => network.Outputs.Select(static port => $"_cnn::Target {port.CamelName}");

    public void EmitPredict()
    {
        writer.Line();
        writer.Line("/// <summary>Computes the outputs of one or several images, at most <see cref=\"_run::PredictorCore.BatchSize\"/>.</summary>");
        EmitInputDocumentation();
        foreach (ShapedPort port in network.Outputs)
            writer.Line($"/// <param name=\"{port.CamelName}\">Receives {Description(port)}.</param>");
        writer.Line("/// <exception cref=\"_sys::ArgumentException\">A length does not fit the number of images, which the first input says.</exception>");
        using (writer.Block(
            $"public void Predict({string.Join(", ", InputParameters.Concat(network.Outputs.Select(static port => $"_sys::Span<float> {port.CamelName}")))})"))
        {
            writer.Line("Begin();");
            using (writer.Block("try"))
            {
                EmitInputs();
                for (int port = 0; port < network.Outputs.Length; port++)
                    writer.Line($"CheckOutput({Expressions.Number(port)}, {network.Outputs[port].CamelName}.Length, \"{network.Outputs[port].CamelName}\");");
                writer.Line("RunTaken();");
                for (int port = 0; port < network.Outputs.Length; port++)
                    writer.Line($"GiveOutput({Expressions.Number(port)}, {network.Outputs[port].CamelName});");
            }

            using (writer.Block("finally"))
                writer.Line("End();");
        }
    }

    public void EmitTraining()
    {
        EmitStep("Step", "StepTaken", "Forward, backward and update", "The loss before the update.");
        EmitStep("ForwardBackward", "ForwardBackwardTaken", "Forward and backward, without an update", "The loss.");
        writer.Line();
        writer.Line("/// <inheritdoc cref=\"_cnn::ITrainer.Forward\"/>");
        EmitInputDocumentation();
        using (writer.Block($"public _sys::ReadOnlySpan<float> Forward({string.Join(", ", InputParameters)})"))
        {
            EmitInputs();
            writer.Line("return ForwardTaken();");
        }
    }

    private void EmitStep(string name, string call, string summary, string returns)
    {
        writer.Line();
        writer.Line($"/// <summary>{summary}.</summary>");
        EmitInputDocumentation();
        foreach (ShapedPort port in network.Outputs)
            writer.Line($"/// <param name=\"{port.CamelName}\">What <c>{port.Name}</c> should be: labels or numbers, as its loss takes; "
                + "<see cref=\"_cnn::Target.None\"/> leaves it out.</param>");
        writer.Line($"/// <returns>{returns}</returns>");
        using (writer.Block($"public float {name}({string.Join(", ", InputParameters.Concat(TargetParameters))})"))
        {
            EmitInputs();
            for (int port = 0; port < network.Outputs.Length; port++)
                writer.Line($"TakeTarget({Expressions.Number(port)}, {network.Outputs[port].CamelName}, \"{network.Outputs[port].CamelName}\");");
            writer.Line($"return {call}();");
        }
    }

    private void EmitInputDocumentation()
    {
        foreach (ShapedPort port in network.Inputs)
            writer.Line($"/// <param name=\"{port.CamelName}\">{Description(port)}, image after image.</param>");
    }

    private void EmitInputs()
    {
        for (int port = 0; port < network.Inputs.Length; port++)
            writer.Line($"TakeInput({Expressions.Number(port)}, {network.Inputs[port].CamelName}, \"{network.Inputs[port].CamelName}\");");
    }

    private static string Description(ShapedPort port) =>
        $"<c>{port.Name}</c>, {string.Join("x", port.CallersShape.Select(Expressions.Number))}{(port.IsChannelsLast ? ", channels last" : string.Empty)}";
}
