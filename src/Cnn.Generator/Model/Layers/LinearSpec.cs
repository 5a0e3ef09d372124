namespace Cnn.Generator.Model;

public sealed record LinearSpec : LayerSpec
{
    public override string Kind => "Linear";

    public required int OutFeatures { get; init; }

    public bool Bias { get; init; } = true;
}

internal sealed class LinearFactory() : SpecFactory("Linear")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) =>
        new LinearSpec { OutFeatures = arguments.Integer("outFeatures", 0), Bias = arguments.Flag("Bias", true) };
}
