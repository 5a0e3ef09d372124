namespace Cnn.Generator.Model;

public sealed record IdentitySpec : LayerSpec
{
    public override string Kind => "Identity";

    /// <inheritdoc/>
    public override bool IsElementWise => true;
}

internal sealed class IdentityFactory() : SpecFactory("Identity")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) => new IdentitySpec();
}
