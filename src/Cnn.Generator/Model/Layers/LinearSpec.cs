namespace Cnn.Generator.Model;

public sealed record LinearSpec : LayerSpec
{
    public override string Kind => "Linear";

    public required int OutFeatures { get; init; }

    public required bool Bias { get; init; }
}

internal sealed class LinearFactory() : SpecFactory("Linear")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) =>
        new LinearSpec { OutFeatures = arguments.Integer("OutFeatures"), Bias = arguments.Flag("Bias") };
}
