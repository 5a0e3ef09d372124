using System.Globalization;

namespace Cnn.Definitions;

/// <summary>An argument of a layer's attribute.</summary>
/// <param name="Name">The attribute's property.</param>
/// <param name="Type">What it is.</param>
/// <param name="Meaning">For documentation: sentences, as XML.</param>
/// <param name="Default">An int, a double or a bool; of a member of an enumeration its name, which stands for 0. Null where there is none.</param>
internal sealed record ArgumentDefinition(string Name, ArgumentType Type, string Meaning, object? Default)
{
    private const int LongestDecimal = 6;
    private const double LeastDecimal = 1e-3;

    public ArgumentPlace Place { get; init; }

    /// <summary>Whether a layer can do without a list of numbers.</summary>
    public bool IsOptional { get; init; }

    /// <summary>The enumeration of a <see cref="ArgumentType.Member"/>.</summary>
    public string? Enumeration { get; init; }

    /// <summary>The constructor's parameter.</summary>
    public string LowerName => char.ToLowerInvariant(Name[0]) + Name.Substring(1);

    /// <summary>As documentation has it, a fraction where the decimal has no end; null where there is none to tell.</summary>
    public string? DefaultText => Default switch
    {
        null => null,
        double real => TextOf(real),
        int.MaxValue => "int.MaxValue",
        bool flag => flag ? "true" : "false",
        string member => Enumeration + "." + member,
        _ => Convert.ToString(Default, CultureInfo.InvariantCulture),
    };

    public static ArgumentDefinition Integer(string name, string meaning, int? otherwise = null) => new(name, ArgumentType.Integer, meaning, otherwise);

    public static ArgumentDefinition Integers(string name, string meaning) => new(name, ArgumentType.Integers, meaning, null);

    public static ArgumentDefinition Real(string name, string meaning, double otherwise) => new(name, ArgumentType.Real, meaning, otherwise);

    /// <summary>One number a channel, so that it has to be given.</summary>
    public static ArgumentDefinition Reals(string name, string meaning) => new(name, ArgumentType.Reals, meaning, null);

    public static ArgumentDefinition Flag(string name, string meaning, bool otherwise) => new(name, ArgumentType.Flag, meaning, otherwise);

    public static ArgumentDefinition Text(string name, string meaning) => new(name, ArgumentType.Text, meaning, null);

    public static ArgumentDefinition Texts(string name, string meaning) => new(name, ArgumentType.Texts, meaning, null);

    /// <param name="name">The property.</param>
    /// <param name="meaning">For documentation.</param>
    /// <param name="enumeration">Its type.</param>
    /// <param name="otherwise">The first member.</param>
    public static ArgumentDefinition Member(string name, string meaning, string enumeration, string otherwise) =>
        new(name, ArgumentType.Member, meaning, otherwise) { Enumeration = enumeration };

    /// <summary>The same as an argument of the constructor.</summary>
    public ArgumentDefinition ByPlace() => this with { Place = ArgumentPlace.Constructor };

    private static string? TextOf(double value)
    {
        if (double.IsInfinity(value))
            return null;
        if (value is > 0 and < LeastDecimal)
            return value.ToString("0.#####e-0", CultureInfo.InvariantCulture);
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.Length <= LongestDecimal ? text : "1/" + (1 / value).ToString(CultureInfo.InvariantCulture);
    }
}
