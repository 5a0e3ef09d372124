namespace Cnn.Generator.Model;

public sealed record FlattenSpec : LayerSpec
{
    public override string Kind => "Flatten";

    /// <inheritdoc/>
    public override bool IsElementWise => true;
}

internal sealed class FlattenFactory() : SpecFactory("Flatten")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) => new FlattenSpec();
}
