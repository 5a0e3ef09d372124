namespace Cnn.Generator.Model;

public sealed record PReLUSpec : LayerSpec
{
    public override string Kind => "PReLU";

    /// <inheritdoc/>
    public override bool IsElementWise => !PerChannel;

    public bool PerChannel { get; init; }
}

internal sealed class PReLUFactory() : SpecFactory("PReLU")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) => new PReLUSpec { PerChannel = arguments.Flag("PerChannel") };
}
