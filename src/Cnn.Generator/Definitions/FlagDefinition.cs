namespace Cnn.Definitions;

/// <summary>A boolean argument, false by default, that chooses between two functions under one attribute.</summary>
/// <param name="Name">The attribute's property.</param>
/// <param name="Value">With which value the function is chosen.</param>
internal sealed record FlagDefinition(string Name, bool Value)
{
    /// <summary>The name in LayerSummary.Arguments.</summary>
    public string LowerName => char.ToLowerInvariant(Name[0]) + Name.Substring(1);
}
