using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[Input]: channels and at most three axes, in the order of the caller's numbers.</summary>
internal static class InputRule
{
    private const int MostAxes = 4;

    public static void Check(InputSpec input, LayerFaults faults)
    {
        if (input.Shape.Length is 0 or > MostAxes)
            faults.WrongCount("shape", input.Shape.Length, "1 to 4", "an input has channels (or features) and at most depth, height and width");
        faults.AtLeast(1, "shape", input.Shape, "a tensor has no empty axis");
    }

    public static LayerOutput? Infer(InputSpec input, LayerFaults faults)
    {
        if (!faults.Fits("output", [.. input.Shape.Select(static length => (long)length)]))
            return null;
        bool last = input.Layout == DataLayout.ChannelsLast;
        EquatableArray<int> axes = (last ? input.Shape.Take(input.Shape.Length - 1) : input.Shape.Skip(1)).ToEquatableArray();
        return new LayerOutput { Shape = new TensorShape(last ? input.Shape[^1] : input.Shape[0], axes), Reach = Reach.OfInput(axes.Length) };
    }
}
