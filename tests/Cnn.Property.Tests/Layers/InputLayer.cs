using Cnn.Property.Tests.Oracle;

namespace Cnn.Property.Tests.Layers;

internal sealed record InputLayer(MapShape Shape) : Layer
{
    public override string Kind => "Input";

    protected override IEnumerable<string> Arguments => Numbers([Shape.Channels, .. Shape.Axes]);

    public override MapShape OutputShape(IReadOnlyList<MapShape> inputs) => Shape;

    public override Evaluation Evaluate(LayerPass pass) => new(pass.Input, gradient => [gradient]);
}
