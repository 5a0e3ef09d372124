namespace Cnn.Definitions;

/// <summary>A number that an attribute takes.</summary>
/// <param name="Name">The attribute's property.</param>
/// <param name="Default">Where it is not given; rounded to float with the other numbers.</param>
/// <param name="Meaning">For documentation: a sentence.</param>
/// <param name="Need">What it must be.</param>
internal sealed record NumberDefinition(string Name, double Default, string Meaning, ArgumentNeed Need)
{
    /// <summary>Whether a constructor takes it too, in the order of the numbers.</summary>
    public bool IsPositional { get; init; }

    /// <summary>The ONNX operator's attribute, and its default there.</summary>
    public (string Name, float Default) Attribute { get; init; }

    /// <summary>The constructor's parameter, and the name in LayerSummary.Arguments.</summary>
    public string LowerName => char.ToLowerInvariant(Name[0]) + Name.Substring(1);
}
