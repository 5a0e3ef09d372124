namespace Cnn.Definitions;

/// <summary>An element-wise activation without weights: what attribute, generator, export, import, tests and documentation know of it.</summary>
/// <param name="Kind">The attribute without its suffix.</param>
/// <param name="Formula">What it makes of x, in the words of docs/layers.md.</param>
/// <param name="Numbers">Its numbers in the order in which the runtime's struct takes them.</param>
internal sealed record ActivationDefinition(string Kind, string Formula, params NumberDefinition[] Numbers)
{
    /// <summary>What the attribute's documentation says besides the formula: a source, or what to beware of. Ends without a full stop.</summary>
    public string? Note { get; init; }

    /// <summary>The runtime's struct without its suffix: the kind, unless two functions share the kind.</summary>
    public string Name { get; init; } = Kind;

    /// <summary>What chooses this function among those of its kind; null where it is the only one.</summary>
    public FlagDefinition? Flag { get; init; }

    /// <summary>Whether the derivative is computed from the output, so that the input need not be kept.</summary>
    public bool UsesOutput { get; init; }

    /// <summary>
    /// Whether some numbers have no finite result or derivative, zeros among them, as they stand behind the channels: a trainer then clears what became
    /// of these.
    /// </summary>
    public bool IsPartial { get; init; }

    /// <summary>
    /// Whether it is a few instructions that need a register or two: it is then done on sums before they are stored, which costs less than a pass over memory.
    /// </summary>
    public bool IsCheap { get; init; }

    /// <summary>Null where a node cannot say it by itself, or takes something else than the numbers: export and import then have code of their own.</summary>
    public OnnxOperator? Operator { get; init; }
}
