using Cnn.Definitions;

namespace Cnn.Generator.Model;

/// <summary>The mark that a tensor is an output: in the list of layers, but none.</summary>
public sealed record OutputSpec : LayerSpec
{
    /// <summary>What an output without a name is called.</summary>
    public const string DefaultPort = "output";

    public override string Kind => OutputDefinition.Kind;

    public DataLayout Layout { get; init; }
}

internal sealed class OutputFactory() : SpecFactory(OutputDefinition.Kind)
{
    public override LayerSpec Create(string kind, LayerArguments arguments) => new OutputSpec { Layout = (DataLayout)arguments.Member("Layout") };
}
