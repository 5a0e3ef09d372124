using System.Globalization;
using System.Text;
using Cnn.Definitions;

namespace Cnn.AttributeGenerator;

/// <summary>The source of one attribute.</summary>
internal static class ActivationAttributeText
{
    /// <param name="functions">Those that share the attribute.</param>
    public static string Of(IReadOnlyList<ActivationDefinition> functions)
    {
        ActivationDefinition first = functions[0];
        StringBuilder text = new();
        text.Append("#nullable enable\nnamespace Cnn;\n\n").Append(Summary("", first.Formula + (first.Note is null ? "" : ". " + first.Note)));
        text.Append($"public sealed class {first.Kind}Attribute : LayerAttribute\n{{\n");
        NumberDefinition[] byPlace = [.. first.Numbers.Where(static number => number.IsPositional)];
        if (byPlace.Length > 0)
            text.Append(Constructors(first.Kind, byPlace));
        foreach (NumberDefinition number in first.Numbers)
            text.Append(Property("double", number.Name, Literal(number.Default), $"{number.Meaning} {DefaultOf(number)}"));
        foreach (ActivationDefinition function in functions.Where(static function => function.Flag is { Value: true }))
            text.Append(Property("bool", function.Flag!.Name, "false", $"Whether it is {function.Formula}. Default false"));
        return text.Append("}\n").ToString();
    }

    private static string Constructors(string kind, NumberDefinition[] numbers) =>
        Summary("    ", "Sets nothing but the defaults")
        + $"    public {kind}Attribute()\n    {{\n    }}\n\n"
        + Summary("    ", "Sets " + string.Join(" and ", numbers.Select(static number => $"<see cref=\"{number.Name}\"/>")), isXml: true)
        + string.Concat(numbers.Select(static number => $"    /// <param name=\"{number.LowerName}\">{Escaped(number.Meaning)}</param>\n"))
        + $"    public {kind}Attribute({string.Join(", ", numbers.Select(static number => $"double {number.LowerName}"))})\n    {{\n"
        + string.Concat(numbers.Select(static number => $"        {number.Name} = {number.LowerName};\n"))
        + "    }\n\n";

    private static string Property(string type, string name, string initial, string summary) =>
        Summary("    ", summary) + $"    public {type} {name} {{ get; set; }} = {initial};\n\n";

    private static string Summary(string indent, string text, bool isXml = false) => $"{indent}/// <summary>{(isXml ? text : Escaped(text))}.</summary>\n";

    private static string DefaultOf(NumberDefinition number) => double.IsInfinity(number.Default) ? "Default: none" : "Default " + number.DefaultText;

    private static string Escaped(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    private static string Literal(double value) => value switch
    {
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        _ => value.ToString("R", CultureInfo.InvariantCulture) + "d",
    };
}
