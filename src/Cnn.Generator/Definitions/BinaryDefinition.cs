namespace Cnn.Definitions;

/// <summary>An operation on two tensors, element by element, in which what has length 1 is repeated: all that is known of it, once.</summary>
/// <param name="Kind">The attribute without its suffix.</param>
/// <param name="Summary">What its documentation says: y, x and other.</param>
/// <param name="Role">What the other tensor is to it, for documentation.</param>
internal sealed record BinaryDefinition(string Kind, string Summary, string Role)
{
    /// <summary>The runtime's struct, as <c>MultiplyOperation</c>.</summary>
    public string Struct => Kind + "Operation";

    /// <summary>The operator of ONNX.</summary>
    public required string Operator { get; init; }

    /// <summary>What messages say that the layer does, as <c>multiplies</c>.</summary>
    public required string Verb { get; init; }

    /// <summary>What messages say that is done to elements, as <c>multiplied</c>.</summary>
    public required string Participle { get; init; }

    /// <summary>y of a and b.</summary>
    public required string Forward { get; init; }

    /// <summary>The gradient of a.</summary>
    public required string First { get; init; }

    /// <summary>The gradient of b.</summary>
    public required string Second { get; init; }

    /// <summary>Whether the gradients are computed from the operands, which have to be kept for them.</summary>
    public bool NeedsOperands { get; init; }

    /// <summary>Whether some numbers have no finite result or gradient, zeros among them, as they stand behind the channels.</summary>
    public bool IsPartial { get; init; }
}
