using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

/// <summary>Kernel, stride, padding and dilation as written; Shapes resolves them to one number per axis.</summary>
/// <remarks>A null array was not given; a null stride is the kernel.</remarks>
public sealed record WindowSpec
{
    public required EquatableArray<int> Kernel { get; init; }

    public int? Stride { get; init; }

    public EquatableArray<int>? Strides { get; init; }

    public required int Padding { get; init; }

    public EquatableArray<int>? Paddings { get; init; }

    public required int Dilation { get; init; }

    public EquatableArray<int>? Dilations { get; init; }

    internal static WindowSpec Of(LayerArguments arguments) => new()
    {
        Kernel = arguments.Integers("Kernel"),
        Stride = arguments.IntegerOrNull("Stride"),
        Strides = arguments.IntegersOrNull("Strides"),
        Padding = arguments.Integer("Padding"),
        Paddings = arguments.IntegersOrNull("Paddings"),
        Dilation = arguments.Integer("Dilation"),
        Dilations = arguments.IntegersOrNull("Dilations"),
    };
}
