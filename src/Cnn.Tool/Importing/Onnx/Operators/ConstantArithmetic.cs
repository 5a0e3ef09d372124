using Cnn.Tool.Importing.Onnx.Viewing;

namespace Cnn.Tool.Importing.Onnx.Operators;

/// <summary>A tensor of the network and a constant that is broadcast to what the model sees of it.</summary>
/// <remarks>These become operations that Rewrites folds into a layer nearby or makes a layer of.</remarks>
internal static class ConstantArithmetic
{
    /// <param name="source">The node.</param>
    /// <param name="kind">add, subtract, subtractFrom, multiply, divide or divideInto.</param>
    /// <param name="x">The tensor.</param>
    /// <param name="constant">The constant.</param>
    /// <exception cref="NotExpressibleException">It varies from image to image, or would widen the tensor.</exception>
    public static FeatureValue Of(string source, string kind, FeatureValue x, Tensor constant)
    {
        if (ViewedConstant.Of(constant, x.View) is not { } own)
        {
            x = Views.Spread(x);
            own = ViewedConstant.Of(constant, x.View)
                ?? throw new NotExpressibleException($"its constant {Tensor.Text(constant.Shape)} varies from image to image of the batch");
        }

        bool isOfChannels = own.Shape.AsSpan(1).IndexOfAnyExcept(1) < 0;
        if (!isOfChannels)
            return OfElements(source, kind, x, own);
        double[] constants = [.. own.Reals.Select(static value => (double)value)];
        if (kind == "divideInto")
            (x, kind) = (Operation(source, "power", x, [-1]), "multiply");
        bool changesNothing = constants.Length == 1
            && ((kind is "add" or "subtract" && constants[0] == 0) || (kind is "multiply" or "divide" && constants[0] == 1));
        return changesNothing ? x : Operation(source, kind, x, constants);
    }

    private static FeatureValue OfElements(string source, string kind, FeatureValue x, Tensor constant) => kind switch
    {
        "add" => Each(source, "shiftEach", x, constant),
        "subtract" => Each(source, "shiftEach", x, constant.Scaled(-1)),
        "subtractFrom" => Each(source, "shiftEach", Operation(source, "multiply", x, [-1]), constant),
        "multiply" => Each(source, "scaleEach", x, constant),
        "divide" => Each(source, "scaleEach", x, Inverse(constant)),
        _ => Each(source, "scaleEach", Operation(source, "power", x, [-1]), constant),
    };

    private static FeatureValue Operation(string source, string kind, FeatureValue x, double[] constants) =>
        x with { Layer = new Layer(kind, x.Layer.Shape, source) { Inputs = [x.Layer], Constants = constants } };

    private static FeatureValue Each(string source, string kind, FeatureValue x, Tensor constant)
    {
        Layer layer = new(kind, x.Layer.Shape, source) { Inputs = [x.Layer] };
        layer.Parameters.Add(("constant", constant));
        return x with { Layer = layer };
    }

    private static Tensor Inverse(Tensor constant) => Tensor.OfReals(constant.Shape, [.. constant.Reals.Select(static value => 1 / value)]);
}
