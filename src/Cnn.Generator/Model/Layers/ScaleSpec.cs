namespace Cnn.Generator.Model;

public sealed record ScaleSpec : LayerSpec
{
    public override string Kind => "Scale";

    public required bool Bias { get; init; }
}

internal sealed class ScaleFactory() : SpecFactory("Scale")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) => new ScaleSpec { Bias = arguments.Flag("Bias") };
}
