namespace Cnn.Generator.Model;

public sealed record SoftmaxSpec : LayerSpec
{
    public override string Kind => Logarithm ? "LogSoftmax" : "Softmax";

    public bool Logarithm { get; init; }

    /// <summary>As written: see <see cref="AxisNumber"/>.</summary>
    public int Axis { get; init; } = AxisNumber.Channels;

    /// <inheritdoc/>
    public override IEnumerable<ResolvedArgument> Resolve(ShapedLayer layer) => AxisNumber.Resolve(Axis, layer.InputShape);
}

internal sealed class SoftmaxFactory() : SpecFactory("Softmax", "LogSoftmax")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) =>
        new SoftmaxSpec { Logarithm = kind == "LogSoftmax", Axis = arguments.Integer("Axis") };
}
