namespace Cnn.Definitions;

/// <summary>A kind of layer: its attribute, with the arguments and their defaults, and what it is to a model.</summary>
/// <param name="Kind">The attribute without its suffix.</param>
/// <param name="Summary">What it does, as XML, ending with a full stop.</param>
/// <param name="Arguments">Those of the constructor first, in its order.</param>
internal sealed record LayerDefinition(string Kind, string Summary, params ArgumentDefinition[] Arguments)
{
    /// <summary>What else the attribute's documentation says: parameters and their start, sources, what to beware of. XML.</summary>
    public string? Remarks { get; init; }

    /// <summary>What the attribute derives from, with whose arguments it begins; null for none.</summary>
    public LayerDefinition? Base { get; init; }

    /// <summary>The name of the attribute's type parameter and what it stands for; null for none.</summary>
    public (string Name, string Meaning)? TypeParameter { get; init; }

    /// <summary>Whether the attribute is written by hand, because it is no layer's.</summary>
    public bool IsWrittenByHand { get; init; }

    /// <summary>Whether a network has other layers in its place once shapes are known, so that neither plans nor models see it.</summary>
    public bool IsExpanded { get; init; }

    /// <summary>Whether an imported declaration has it on the line of the layer that it follows.</summary>
    public bool IsFollower { get; init; }

    /// <summary>Whether a prediction has nothing to do for it where its output has the shape of its input.</summary>
    public bool PassesOn { get; init; }

    /// <summary>Whether a model says it by operators that are imported as other layers.</summary>
    public bool ComesBackAsOthers { get; init; }

    /// <summary>As documentation begins its row: the constructor's arguments, and those without which there is no layer.</summary>
    public string Signature
    {
        get
        {
            IEnumerable<string> byPlace = Arguments.Where(static argument => argument.Place != ArgumentPlace.Property).Select(Parameter);
            IEnumerable<string> byName = Arguments.Where(static argument => argument.Type == ArgumentType.Reals && !argument.IsOptional)
                .Select(static argument => argument.Name + " = [..]");
            string all = string.Join(", ", byPlace.Concat(byName));
            return all.Length == 0 ? Kind : $"{Kind}({all})";
        }
    }

    private static string Parameter(ArgumentDefinition argument)
    {
        string type = argument.Type switch
        {
            ArgumentType.Integers => "params int[] ",
            ArgumentType.Texts => "params string[] ",
            ArgumentType.Integer => "int ",
            ArgumentType.Text => "string ",
            _ => "double ",
        };
        return type + argument.LowerName + (argument.Place == ArgumentPlace.Constructor && argument.DefaultText is { } otherwise ? " = " + otherwise : "");
    }
}
