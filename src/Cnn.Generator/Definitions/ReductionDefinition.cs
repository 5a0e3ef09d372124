namespace Cnn.Definitions;

/// <summary>A reduction over axes: all that is known of it, once.</summary>
/// <param name="Kind">The attribute without its suffix.</param>
/// <param name="Summary">What its documentation says.</param>
/// <param name="Word">As formulas call it, and what ends the names of the runtime's struct and of ONNX's operator: <c>Mean</c>.</param>
internal sealed record ReductionDefinition(string Kind, string Summary, string Word)
{
    /// <summary>The gradient of x.</summary>
    public required string Gradient { get; init; }

    /// <summary>Whether the gradient is computed from the input and the output.</summary>
    public bool NeedsValues { get; init; }

    /// <summary>The runtime's struct.</summary>
    public string Struct => Word + "Reduction";
}
