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

/// <summary>The mark that a tensor is an output: in the list of layers, but none.</summary>
public sealed record OutputSpec : LayerSpec
{
    /// <summary>What an output without a name is called.</summary>
    public const string DefaultPort = "output";

    public override string Kind => "Output";

    public DataLayout Layout { get; init; }
}
