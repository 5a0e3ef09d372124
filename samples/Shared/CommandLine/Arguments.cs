using System.CommandLine.Parsing;
using System.Globalization;

namespace Samples;

/// <summary>Parsers of options, whose errors say what was given and what is needed.</summary>
internal static class Arguments
{
    /// <summary>A number within limits.</summary>
    public static int WholeNumber(ArgumentResult result, int least, int most)
    {
        string text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most)
            return value;
        result.AddError($"{Name(result)} is '{text}'; a whole number from {least} to {most} is needed.");
        return 0;
    }

    /// <summary>A finite number above 0.</summary>
    public static float PositiveNumber(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value) && value > 0f)
            return value;
        result.AddError($"{Name(result)} is '{text}'; a number above 0 is needed, such as 0.05.");
        return 0f;
    }

    /// <summary>A name of a file or folder.</summary>
    public static string NotEmpty(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (string.IsNullOrWhiteSpace(text))
            result.AddError($"{Name(result)} is empty; a name is needed.");
        return text;
    }

    private static string? Name(ArgumentResult result) => (result.Parent as OptionResult)?.Option.Name;
}
