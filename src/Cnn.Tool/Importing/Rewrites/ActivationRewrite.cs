namespace Cnn.Tool.Importing.Rewrites;

/// <summary>Activations that exporters write out in several nodes.</summary>
internal static class ActivationRewrite
{
    /// <summary>Exporters write six digits and more of a factor; the activation that is meant then differs by less than a float of the result shows.</summary>
    private const double Closeness = 1e-5;

    public static bool TryApply(Layer layer, LayerReaders readers)
    {
        (string Kind, Layer Input, bool Tanh)? found = layer.Kind switch
        {
            "Multiply" => Product(layer.Inputs[0], layer.Inputs[1]) ?? Product(layer.Inputs[1], layer.Inputs[0]),
            "quotient" when IsSoftsign(layer) => ("Softsign", layer.Input, false),
            "multiply" or "divide" => Scaled(layer),
            _ => null,
        };
        if (found is not { } activation)
            return false;
        readers.Become(layer, activation.Kind, activation.Input, activation.Tanh ? [("Tanh", "true")] : []);
        return true;
    }

    /// <summary>x times some function of x.</summary>
    private static (string, Layer, bool)? Product(Layer x, Layer gate)
    {
        if (gate.Kind == "Sigmoid" && gate.Input == x)
            return ("SiLU", x, false);
        if (gate.Kind == "Tanh" && gate.Input.Kind == "Softplus" && gate.Input.Input == x)
            return ("Mish", x, false);
        if (gate.Kind == "HardSigmoid" && gate.Options.Count == 0 && gate.Input == x)
            return ("HardSwish", x, false);
        // 0.5 x times (1 + erf(x / sqrt 2)), and its approximation by tanh.
        if (HasFactor(x, 0.5) && GeluGate(gate, x.Input) is { } tanh)
            return ("GELU", x.Input, tanh);
        return HasFactor(gate, 0.5) && GeluGate(gate.Input, x) is { } halved ? ("GELU", x, halved) : null;
    }

    /// <summary>A factor around or inside of which an activation is.</summary>
    private static (string, Layer, bool)? Scaled(Layer layer)
    {
        if (HasFactor(layer, 1.0 / 6) && layer.Input.Kind == "ReLU6" && HasOffset(layer.Input.Input, 3))
            return ("HardSigmoid", layer.Input.Input.Input, false);
        if (layer.Input.Kind != "Multiply")
            return null;
        foreach ((Layer x, Layer gate) in ((Layer, Layer)[])[(layer.Input.Inputs[0], layer.Input.Inputs[1]), (layer.Input.Inputs[1], layer.Input.Inputs[0])])
        {
            if (HasFactor(layer, 1.0 / 6) && gate.Kind == "ReLU6" && HasOffset(gate.Input, 3) && gate.Input.Input == x)
                return ("HardSwish", x, false);
            if (HasFactor(layer, 0.5) && GeluGate(gate, x) is { } tanh)
                return ("GELU", x, tanh);
        }

        return null;
    }

    /// <summary>False for 1 + erf(x / sqrt 2), true for 1 + tanh(sqrt(2 / pi) (x + 0.044715 x³)), null for neither.</summary>
    private static bool? GeluGate(Layer gate, Layer x)
    {
        if (!HasOffset(gate, 1))
            return null;
        Layer inner = gate.Input;
        if (inner.Kind == "erf" && HasFactor(inner.Input, 1 / Math.Sqrt(2)) && inner.Input.Input == x)
            return false;
        if (inner.Kind != "Tanh" || !HasFactor(inner.Input, Math.Sqrt(2 / Math.PI)) || inner.Input.Input is not { Kind: "Add" } sum)
            return null;
        Layer cubic = sum.Inputs[0] == x ? sum.Inputs[1] : sum.Inputs[0];
        bool isCube = sum.Inputs.Contains(x) && HasFactor(cubic, 0.044715) && cubic.Input is { Kind: "power", Constants: [3] } cube && cube.Input == x;
        return isCube ? true : null;
    }

    private static bool IsSoftsign(Layer layer) =>
        HasOffset(layer.Inputs[1], 1) && layer.Inputs[1].Input is { Kind: "abs" } absolute && absolute.Input == layer.Inputs[0];

    private static bool HasFactor(Layer layer, double factor) => layer switch
    {
        { Kind: "multiply", Constants: [double by] } => IsClose(by, factor),
        { Kind: "divide", Constants: [double by] } => IsClose(1 / by, factor),
        _ => false,
    };

    private static bool HasOffset(Layer layer, double offset) => layer is { Kind: "add", Constants: [double by] } && IsClose(by, offset);

    private static bool IsClose(double found, double needed) => Math.Abs(found - needed) <= Closeness * Math.Abs(needed);
}
