using System.Globalization;
using System.Text;
using Cnn.Definitions;

namespace Cnn.AttributeGenerator;

/// <summary>The source of one attribute.</summary>
/// <param name="layer">Its definition.</param>
/// <param name="isBase">Whether others derive from it, and nobody writes it.</param>
internal sealed class LayerAttributeText(LayerDefinition layer, bool isBase)
{
    private readonly ArgumentDefinition[] _inherited = layer.Base?.Arguments ?? [];
    private readonly StringBuilder _text = new();

    public override string ToString()
    {
        _text.Append("#nullable enable\nnamespace Cnn;\n\n");
        Document("", "summary", layer.Summary);
        if (layer.TypeParameter is { } parameter)
            _text.Append($"/// <typeparam name=\"{parameter.Name}\">{parameter.Meaning}</typeparam>\n");
        if (layer.Remarks is { } remarks)
            Document("", "remarks", remarks);
        string type = $"{layer.Kind}Attribute" + (layer.TypeParameter is { } generic ? $"<{generic.Name}>" : "");
        _text.Append($"public {(isBase ? "abstract" : "sealed")} class {type} : {layer.Base?.Kind ?? "Layer"}Attribute\n{{\n");
        AddConstructors();
        foreach (ArgumentDefinition argument in layer.Arguments.Where(argument => _inherited.All(other => other.Name != argument.Name)))
            AddProperty(argument);
        return _text.Append("}\n").ToString();
    }

    private void AddConstructors()
    {
        ArgumentDefinition[] byPlace = [.. layer.Arguments.Where(static argument => argument.Place != ArgumentPlace.Property)];
        if (byPlace.Length == 0)
            return;
        if (byPlace.All(static argument => argument.Place == ArgumentPlace.Either))
        {
            Document("    ", "summary", "Sets nothing but the defaults.");
            _text.Append($"    public {layer.Kind}Attribute()\n    {{\n    }}\n\n");
        }

        ArgumentDefinition[] handedOn = [.. byPlace.Where(argument => _inherited.Any(other => other.Name == argument.Name))];
        Document("    ", "summary", $"Sets {string.Join(" and ", byPlace.Select(argument => Reference(argument, handedOn)))}.");
        foreach (ArgumentDefinition argument in byPlace)
            _text.Append($"    /// <param name=\"{argument.LowerName}\">{argument.Meaning}{DefaultOf(argument)}</param>\n");
        _text.Append($"    {(isBase ? "private protected" : "public")} {layer.Kind}Attribute({string.Join(", ", byPlace.Select(Parameter))})");
        if (handedOn.Length > 0)
            _text.Append($" : base({string.Join(", ", handedOn.Select(static argument => argument.LowerName))})");
        _text.Append("\n    {\n");
        foreach (ArgumentDefinition argument in byPlace.Except(handedOn))
            _text.Append($"        {argument.Name} = {argument.LowerName};\n");
        foreach (ArgumentDefinition argument in layer.Arguments.Where(HasOtherDefault))
            _text.Append($"        {argument.Name} = {Literal(argument)};\n");
        _text.Append("    }\n\n");
    }

    private bool HasOtherDefault(ArgumentDefinition argument) =>
        _inherited.Any(other => other.Name == argument.Name && !Equals(other.Default, argument.Default));

    private string Reference(ArgumentDefinition argument, ArgumentDefinition[] handedOn) =>
        $"<see cref=\"{(handedOn.Contains(argument) ? $"{layer.Base!.Kind}Attribute." : "")}{argument.Name}\"/>";

    private string Parameter(ArgumentDefinition argument)
    {
        bool isList = argument.Type is ArgumentType.Integers or ArgumentType.Texts;
        string otherwise = argument is { Place: ArgumentPlace.Constructor, Default: not null } ? " = " + Literal(argument) : "";
        return (isList && !isBase ? "params " : "") + TypeOf(argument) + " " + argument.LowerName + otherwise;
    }

    private void AddProperty(ArgumentDefinition argument)
    {
        bool isByPlace = argument.Place == ArgumentPlace.Constructor;
        Document("    ", "summary", argument.Meaning + (isByPlace ? "" : DefaultOf(argument)));
        bool isOptionalList = !isByPlace && argument.Type == ArgumentType.Integers;
        string initial = isByPlace ? ""
            : argument.Type == ArgumentType.Reals ? " = [];"
            : argument.Default is null ? ""
            : $" = {Literal(argument)};";
        _text.Append($"    public {TypeOf(argument)}{(isOptionalList ? "?" : "")} {argument.Name} {(isByPlace ? "{ get; }" : "{ get; set; }")}{initial}\n\n");
    }

    private void Document(string indent, string element, string text)
    {
        string[] lines = text.Split('\n');
        if (lines.Length == 1)
        {
            _text.Append($"{indent}/// <{element}>{text}</{element}>\n");
            return;
        }

        _text.Append($"{indent}/// <{element}>\n");
        foreach (string line in lines)
            _text.Append($"{indent}/// {line.TrimEnd()}\n");
        _text.Append($"{indent}/// </{element}>\n");
    }

    private static string TypeOf(ArgumentDefinition argument) => argument.Type switch
    {
        ArgumentType.Integer => "int",
        ArgumentType.Integers => "int[]",
        ArgumentType.Real => "double",
        ArgumentType.Reals => "double[]",
        ArgumentType.Flag => "bool",
        ArgumentType.Text => "string",
        ArgumentType.Texts => "string[]",
        _ => argument.Enumeration!,
    };

    private static string DefaultOf(ArgumentDefinition argument) => argument switch
    {
        { Type: ArgumentType.Member } => $" Default <see cref=\"{argument.DefaultText}\"/>.",
        { DefaultText: { } text } => $" Default {text}.",
        { Default: not null } => " Default: none.",
        _ => "",
    };

    private static string Literal(ArgumentDefinition argument) => argument.Default switch
    {
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        double real => real.ToString("R", CultureInfo.InvariantCulture) + "d",
        string => argument.DefaultText!,
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(argument.Default, CultureInfo.InvariantCulture),
    };
}
