using System.Text.RegularExpressions;

namespace Cnn.Tool.Importing.Onnx.Operators;

/// <summary>What a model calls a layer, from the names of its parameters.</summary>
internal static partial class ModelNames
{
    /// <summary>
    /// The module of a PyTorch parameter, as <c>fc1</c> of <c>fc1.weight</c>; null for a number or a path, which would not make a declaration easier
    /// to read.
    /// </summary>
    public static string? OfParameter(string parameter) => Module().Match(parameter) is { Success: true } match ? match.Groups["name"].Value : null;

    [GeneratedRegex(@"^(?<name>[A-Za-z][A-Za-z0-9_]{0,23})\.weight$", RegexOptions.CultureInvariant)]
    private static partial Regex Module();
}
