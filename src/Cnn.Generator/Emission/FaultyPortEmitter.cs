using Cnn.Generator.Model;
using Cnn.Generator.Text;

namespace Cnn.Generator.Emission;

/// <summary>Writes what a network that cannot be generated has because of its ports, as far as their names are sound.</summary>
internal sealed class FaultyPortEmitter
{
    private readonly SourceWriter _writer;
    private readonly (string Pascal, string Camel, string Element)[] _inputs;
    private readonly (string Pascal, string Camel)[] _outputs;
    private readonly bool _areNamed;
    private readonly bool _haveForms;

    /// <param name="writer">Where they go.</param>
    /// <param name="network">As it was read.</param>
    /// <param name="isLeftOut">Whether nothing is written.</param>
    public FaultyPortEmitter(SourceWriter writer, NetworkSpec network, bool isLeftOut)
    {
        _writer = writer;
        InputSpec[] inputs = [.. network.Layers.OfType<InputSpec>()];
        OutputSpec[] outputs = [.. network.Layers.OfType<OutputSpec>()];
        _inputs = [.. inputs.Select(static input => (PortNames.Pascal(input.PortName), PortNames.Camel(input.PortName),
            input.Element == PortElement.UInt8 ? "byte" : "float"))];
        _outputs = outputs.Length == 0
            ? [(PortNames.Pascal(OutputSpec.DefaultPort), PortNames.Camel(OutputSpec.DefaultPort))]
            : [.. outputs.Select(static output => (PortNames.Pascal(output.Name), PortNames.Camel(output.Name)))];
        string[] names = [.. _inputs.Select(static input => input.Camel).Concat(_outputs.Select(static output => output.Camel))];
        bool areSound = !isLeftOut && inputs.Length > 0 && names.All(IsSound) && names.Distinct(StringComparer.Ordinal).Count() == names.Length
            && _outputs.All(static output => !PortNames.IsOfRecords(output.Pascal));
        _areNamed = areSound && PortNames.AreMembers(inputs.Length, outputs.Length);
        _haveForms = areSound && (_areNamed || inputs.Any(static input => input.Element != PortElement.Float32));
    }

    private string InputParameters => string.Join(", ", _inputs.Select(static input => $"_sys::ReadOnlySpan<{input.Element}> {input.Camel}"));

    private string TargetParameters => string.Join(", ", _outputs.Select(static output => $"_cnn::Target {output.Camel}"));

    /// <summary>Lengths, and a loss for each output.</summary>
    public void EmitMembers()
    {
        if (!_areNamed)
            return;
        foreach (string pascal in _inputs.Select(static input => input.Pascal).Concat(_outputs.Select(static output => output.Pascal))
            .Where(static pascal => pascal is not ("Input" or "Output")))
            _writer.Line($"public const int {pascal}Length = 0;");
        if (_outputs.Length < 2)
            return;
        _writer.Line("public Trainer CreateTrainer(_cnn::Optimizer optimizer, Losses losses, _cnn::TrainerOptions options = null) => "
            + $"{FaultyNetworkEmitter.Throw};");
        using (_writer.Block("public sealed record Losses"))
        {
            foreach ((string pascal, _) in _outputs)
                _writer.Line($"public _cnn::Loss {pascal} {{ get; init; }}");
        }
    }

    public void EmitTraining()
    {
        if (!_haveForms)
            return;
        foreach (string name in new[] { "Step", "ForwardBackward" })
            _writer.Line($"public float {name}({InputParameters}, {TargetParameters}) => {FaultyNetworkEmitter.Throw};");
        _writer.Line($"public _sys::ReadOnlySpan<float> Forward({InputParameters}) => {FaultyNetworkEmitter.Throw};");
    }

    public void EmitPredict()
    {
        if (!_haveForms)
            return;
        string outputs = string.Join(", ", _outputs.Select(static output => $"_sys::Span<float> {output.Camel}"));
        _writer.Line($"public void Predict({InputParameters}, {outputs}) => {FaultyNetworkEmitter.Throw};");
    }

    private static bool IsSound(string camel) => !Keywords.IsKeyword(camel) && camel.All(static letter => char.IsLetterOrDigit(letter) || letter == '_');
}
