using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

public sealed record InputSpec : LayerSpec
{
    public override string Kind => "Input";

    public required EquatableArray<int> Shape { get; init; }
}

internal sealed class InputFactory() : SpecFactory("Input")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) => new InputSpec { Shape = arguments.Integers("Shape") };
}
