using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

/// <summary>An input, where a chain of layers starts.</summary>
public sealed record InputSpec : LayerSpec
{
    /// <summary>What an input without a name is called as a port.</summary>
    public const string DefaultPort = "input";

    public override string Kind => "Input";

    /// <summary>As the caller's numbers lie.</summary>
    public required EquatableArray<int> Shape { get; init; }

    public DataLayout Layout { get; init; }

    public PortElement Element { get; init; }

    public string PortName => IsNamed ? Name : DefaultPort;
}

internal sealed class InputFactory() : SpecFactory("Input")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) => new InputSpec
    {
        Shape = arguments.Integers("Shape"),
        Layout = (DataLayout)arguments.Member("Layout"),
        Element = (PortElement)arguments.Member("Element"),
    };
}
