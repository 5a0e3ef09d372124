using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>What a layer's rule finds out.</summary>
internal sealed record LayerOutput
{
    public required TensorShape Shape { get; init; }

    public required Reach Reach { get; init; }

    public WindowShape? Window { get; init; }

    public EquatableArray<ParameterShape> Parameters { get; init; }

    public long MultiplyAdds { get; init; }

    /// <summary>Of a layer that works on each element or channel for itself.</summary>
    public static LayerOutput SameAs(LayerInput input) => new() { Shape = input.Shape, Reach = input.Reach };
}
