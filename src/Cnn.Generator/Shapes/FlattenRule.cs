using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[Flatten]: a vector of all elements.</summary>
internal sealed class FlattenRule : LayerRule<FlattenSpec>
{
    protected override LayerOutput Infer(FlattenSpec flatten, LayerInput input, LayerFaults faults) =>
        new() { Shape = new TensorShape(input.Shape.Length, default), Reach = Reach.None };
}
