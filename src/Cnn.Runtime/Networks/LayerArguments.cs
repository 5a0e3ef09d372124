using System.Globalization;

namespace Cnn;

/// <summary>
/// A layer's arguments with everything resolved, as <c>kernel=5,5 stride=1,1 padding=2,2,2,2</c>: one number an axis, of a padding all begins, then
/// all ends. <see cref="ToString"/> gives this text.
/// </summary>
/// <remarks>Kept as text, so that a program that never asks pays for one string literal a layer; each call reads it anew.</remarks>
public sealed class LayerArguments
{
    private readonly string _text;

    private LayerArguments(string text) => _text = text;

    /// <summary>Of a layer without any.</summary>
    public static LayerArguments None { get; } = new("");

    /// <summary>In the order of the text.</summary>
    public IEnumerable<string> Names => Pairs.Select(pair => pair[..pair.IndexOf('=')]);

    private string[] Pairs => _text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Takes the text that <see cref="ToString"/> gives.</summary>
    /// <param name="text">Names and values, joined by =, separated by blanks.</param>
    /// <exception cref="ArgumentException">A part of it has no name.</exception>
    public static LayerArguments Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        LayerArguments arguments = new(text);
        string? nameless = arguments.Pairs.FirstOrDefault(pair => pair.IndexOf('=') < 1);
        return nameless is null
            ? arguments
            : throw new ArgumentException($"'{nameless}' in '{text}' is no argument; needed is name=value.", nameof(text));
    }

    /// <summary>Takes the text as it stands in generated code.</summary>
    /// <param name="text">As <see cref="Parse"/> takes it.</param>
    public static implicit operator LayerArguments(string text) => Parse(text);

    /// <summary>Whether the layer says the argument; some are said only where they are not the default.</summary>
    /// <param name="name">As in the text.</param>
    public bool Contains(string name) => Find(name) is not null;

    /// <summary>One argument's value as it is written.</summary>
    /// <param name="name">As in the text.</param>
    /// <exception cref="ArgumentException">The layer has no such argument; the message lists those that it has.</exception>
    public string Text(string name) => Find(name)
        ?? throw new ArgumentException($"There is no argument '{name}'. There are: {(_text.Length == 0 ? "none" : _text)}.", nameof(name));

    /// <summary>The numbers of one argument, one an axis.</summary>
    /// <param name="name">As in the text.</param>
    /// <exception cref="ArgumentException">The layer has no such argument; the message lists those that it has.</exception>
    /// <exception cref="FormatException">The argument is no number.</exception>
    public double[] Numbers(string name) => [.. Text(name).Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];

    /// <summary>The number that is one argument.</summary>
    /// <inheritdoc cref="Numbers" path="/param|/exception"/>
    public double Number(string name) => double.Parse(Text(name), CultureInfo.InvariantCulture);

    /// <summary>Whether one argument, which is 0 or 1, is 1.</summary>
    /// <inheritdoc cref="Numbers" path="/param|/exception"/>
    public bool Flag(string name) => Number(name) != 0;

    /// <inheritdoc/>
    public override string ToString() => _text;

    private string? Find(string name)
    {
        string start = name + "=";
        return Pairs.FirstOrDefault(pair => pair.StartsWith(start, StringComparison.Ordinal))?[start.Length..];
    }
}
