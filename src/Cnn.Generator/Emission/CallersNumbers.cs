using Cnn.Generator.Collections;
using Cnn.Generator.Model;
using Cnn.Generator.Planning;

namespace Cnn.Generator.Emission;

/// <summary>Where the numbers of the caller's lie: the ports of one direction one after the other, each with the images that were passed.</summary>
/// <param name="inputs">The lengths of an image of each input.</param>
/// <param name="outputs">The same of each output.</param>
/// <param name="names">What locals are called after ports, the inputs first; empty where there is one of each.</param>
internal sealed class CallersNumbers(EquatableArray<int> inputs, EquatableArray<int> outputs, EquatableArray<string> names)
{
    public static CallersNumbers Of(ShapedNetwork network) => new(
        network.Inputs.Select(static port => port.Shape.Length).ToEquatableArray(),
        network.Outputs.Select(static port => port.Shape.Length).ToEquatableArray(),
        network.HasNamedPorts ? network.Inputs.Concat(network.Outputs).Select(static port => port.PascalName).ToEquatableArray() : []);

    /// <summary>The same inputs, and a trace of so many floats.</summary>
    public CallersNumbers WithTrace(int floats) =>
        new(inputs, [floats], names.Length == 0 ? names : names.Take(inputs.Length).Append("Trace").ToEquatableArray());

    public static bool Have(Region region) => region is Region.UserInput or Region.UserOutput or Region.OutputGradient or Region.InputGradient;

    /// <summary>Floats of one image of a port.</summary>
    public int Length(Address port) => Lengths(port)[port.Tensor];

    /// <summary>The local that refers to a port's numbers.</summary>
    public string Local(Address port)
    {
        bool isGradient = port.Region is Region.InputGradient or Region.OutputGradient;
        if (names.Length == 0)
            return (IsInput(port) ? "input" : "output") + (isGradient ? "Gradients" : "s");
        return "callers" + names[port.Tensor + (IsInput(port) ? 0 : inputs.Length)] + (isGradient ? "Gradient" : string.Empty);
    }

    /// <summary>A port's numbers as an expression.</summary>
    public string Reference(Address port)
    {
        string memory = port.Region switch
        {
            Region.UserInput => "UserInputs",
            Region.UserOutput => "UserOutputs",
            Region.OutputGradient => "OutputGradientsOf",
            _ => "UserInputGradients",
        };
        return $"{memory}({Expressions.Number(port.Tensor)})";
    }

    private static bool IsInput(Address port) => port.Region is Region.UserInput or Region.InputGradient;

    private EquatableArray<int> Lengths(Address port) => IsInput(port) ? inputs : outputs;
}
