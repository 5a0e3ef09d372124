using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

/// <summary>Kernel, stride, padding and dilation as written; Shapes resolves them to one number per axis.</summary>
/// <remarks>A null array or stride was not given.</remarks>
public sealed record WindowSpec
{
    public required EquatableArray<int> Kernel { get; init; }

    public int? Stride { get; init; }

    public EquatableArray<int>? Strides { get; init; }

    public int Padding { get; init; }

    public EquatableArray<int>? Paddings { get; init; }

    public int Dilation { get; init; } = 1;

    public EquatableArray<int>? Dilations { get; init; }

    internal static WindowSpec Of(LayerArguments arguments) => new()
    {
        Kernel = arguments.Integers("kernel"),
        Stride = arguments.IntegerOrNull("Stride"),
        Strides = arguments.IntegersOrNull("Strides"),
        Padding = arguments.Integer("Padding", 0),
        Paddings = arguments.IntegersOrNull("Paddings"),
        Dilation = arguments.Integer("Dilation", 1),
        Dilations = arguments.IntegersOrNull("Dilations"),
    };
}
