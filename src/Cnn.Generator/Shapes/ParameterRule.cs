using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>Names and initial values of parameters, as PyTorch has them.</summary>
internal static class ParameterRule
{
    /// <summary>The weight of a Conv, ConvTranspose or Linear, and its bias where there is one.</summary>
    /// <param name="layer">Whose name they get.</param>
    /// <param name="shape">The weight's shape.</param>
    /// <param name="outputs">Output channels or features.</param>
    /// <param name="hasBias">Whether each output has a bias.</param>
    /// <param name="fanIn">What PyTorch takes for the inputs of one output: the weight's elements behind its first axis.</param>
    public static EquatableArray<ParameterShape> WeightAndBias(LayerSpec layer, EquatableArray<int> shape, int outputs, bool hasBias, int fanIn)
    {
        ParameterShape weight = Make(layer, "weight", shape, Initialization.UniformFanIn) with { FanIn = fanIn };
        if (!hasBias)
            return [weight];
        ParameterShape bias = Make(layer, "bias", [outputs], Initialization.UniformFanIn) with { FanIn = fanIn };
        return [weight, bias];
    }

    /// <summary>A parameter whose elements all start as one number.</summary>
    public static ParameterShape Constant(LayerSpec layer, string name, EquatableArray<int> shape, float start) => start switch
    {
        0 => Make(layer, name, shape, Initialization.Zero),
        1 => Make(layer, name, shape, Initialization.One),
        _ => Make(layer, name, shape, Initialization.Constant) with { Start = start },
    };

    public static ParameterShape Make(LayerSpec layer, string name, EquatableArray<int> shape, Initialization initialization) => new()
    {
        Name = layer.Name + "." + name,
        Shape = shape,
        IsTrainable = !layer.Frozen,
        Initialization = initialization,
    };
}
