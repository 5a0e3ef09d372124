using System.Globalization;
using Cnn.Property.Tests.Oracle;

namespace Cnn.Property.Tests.Layers;

/// <summary>One layer of a declaration: its attribute's text, and what PyTorch's documentation says that it computes, as loops in double.</summary>
internal abstract record Layer
{
    /// <summary>The attribute without its suffix.</summary>
    public abstract string Kind { get; }

    public string? Name { get; init; }

    public string? From { get; init; }

    public bool Frozen { get; init; }

    /// <summary>The layers whose outputs it takes beside its input.</summary>
    public virtual IReadOnlyList<string> Operands => [];

    /// <summary>As it stands in a declaration.</summary>
    public string Text
    {
        get
        {
            string[] arguments =
            [
                .. Arguments,
                .. Name is null ? [] : new[] { $"Name = \"{Name}\"" },
                .. From is null ? [] : new[] { $"From = \"{From}\"" },
                .. Frozen ? new[] { "Frozen = true" } : [],
            ];
            return arguments.Length == 0 ? $"[{Attribute}]" : $"[{Attribute}({string.Join(", ", arguments)})]";
        }
    }

    /// <summary>As it is written, without its suffix.</summary>
    protected virtual string Attribute => Kind;

    /// <summary>Positional ones first.</summary>
    protected virtual IEnumerable<string> Arguments => [];

    /// <summary>Of one image.</summary>
    /// <param name="inputs">The input first, then the operands.</param>
    public abstract MapShape OutputShape(IReadOnlyList<MapShape> inputs);

    public virtual IEnumerable<OracleParameter> Parameters(MapShape input) => [];

    public abstract Evaluation Evaluate(LayerPass pass);

    /// <summary>A number as the product knows it: rounded to float once.</summary>
    protected static double Rounded(double value) => (float)value;

    protected static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A named argument, left out where it is the default.</summary>
    protected static IEnumerable<string> Optional(string name, int value, int standard) =>
        value == standard ? [] : [$"{name} = {value.ToString(CultureInfo.InvariantCulture)}"];

    protected static IEnumerable<string> Optional(string name, double value, double standard) => value == standard ? [] : [$"{name} = {Number(value)}"];

    protected static IEnumerable<string> Optional(string name, bool value, bool standard) =>
        value == standard ? [] : [$"{name} = {(value ? "true" : "false")}"];

    protected static IEnumerable<string> Optional(string name, int[]? values) => values is null ? [] : [$"{name} = [{string.Join(", ", values)}]"];

    protected static IEnumerable<string> Numbers(IEnumerable<int> values) => values.Select(value => value.ToString(CultureInfo.InvariantCulture));
}
