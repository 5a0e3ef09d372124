using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[Flatten]: a vector of all elements.</summary>
internal static class FlattenRule
{
    public static LayerOutput Infer(LayerInput input) => new() { Shape = new TensorShape(input.Shape.Length, default), Reach = Reach.None };
}
