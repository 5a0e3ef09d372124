using System.Reflection;
using System.Text.RegularExpressions;
using Cnn.Architecture.Tests.Support;
using Cnn.Definitions;

namespace Cnn.Architecture.Tests;

/// <summary>Attribute and documentation of a layer are as its definition says.</summary>
public sealed partial class LayerDefinitionTests
{
    public static TheoryData<string> Kinds => [.. LayerTable.All.Select(layer => layer.Kind)];

    /// <summary>Those of activations are held to more by <see cref="ActivationDefinitionTests"/>.</summary>
    public static TheoryData<string> Documented =>
        [.. LayerTable.All.Where(layer => !layer.IsExpanded).Select(layer => layer.Kind).Except(ActivationTable.Kinds)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_attribute_has_the_arguments_of_the_definition_and_their_defaults(string kind)
    {
        LayerDefinition definition = LayerTable.Find(kind)!;
        Type type = AttributeOf(kind);
        object attribute = Made(type);
        foreach (ArgumentDefinition argument in definition.Arguments)
        {
            PropertyInfo property = type.GetProperty(argument.Name) ?? throw new InvalidOperationException($"{type.Name} has no {argument.Name}.");
            Assert.Equal(argument.Place == ArgumentPlace.Constructor, property.SetMethod is null);
            Assert.Equal(TypeOf(argument), argument.Type == ArgumentType.Member ? typeof(Enum) : property.PropertyType);
            if (argument.Place == ArgumentPlace.Constructor)
                continue;
            object? value = property.GetValue(attribute);
            object? expected = argument.Default ?? argument.Type switch { ArgumentType.Integer => 0, ArgumentType.Reals => Array.Empty<double>(), _ => null };
            Assert.Equal(expected, argument.Type == ArgumentType.Member ? value!.ToString() : value);
            if (argument.Type == ArgumentType.Member)
                Assert.Equal((0, argument.Enumeration), ((int)value!, property.PropertyType.Name));
        }

        Assert.Equal(definition.Arguments.Concat(LayerTable.Common).Select(argument => argument.Name).Order(), Properties(type).Order());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_attribute_is_made_of_the_arguments_of_the_definition(string kind)
    {
        ArgumentDefinition[] byPlace = [.. LayerTable.Find(kind)!.Arguments.Where(argument => argument.Place != ArgumentPlace.Property)];
        ParameterInfo[] parameters = AttributeOf(kind).GetConstructors().Select(constructor => constructor.GetParameters()).MaxBy(list => list.Length)!;
        Assert.Equal(byPlace.Select(argument => argument.LowerName), parameters.Select(parameter => parameter.Name));
        Assert.Equal(
            byPlace.Select(argument => argument.Place == ArgumentPlace.Constructor ? argument.Default : null),
            parameters.Select(parameter => parameter.HasDefaultValue ? parameter.DefaultValue : null));
    }

    [Theory]
    [MemberData(nameof(Documented))]
    public void A_row_of_the_documentation_has_the_arguments_and_their_defaults(string kind)
    {
        LayerDefinition definition = LayerTable.Find(kind)!;
        string start = $"| `{definition.Signature}` | ";
        string page = Repository.Read("docs/layers.md");
        string row = Assert.Single(page.Split('\n'), line => line.StartsWith(start, StringComparison.Ordinal));

        // A row that has no place for all of them sends the reader to a section.
        row += string.Concat(SectionLink().Matches(row).Select(link => Section(page, link.Groups[1].Value)));
        Nothing.In(definition.Arguments
            .Where(argument => argument is { Place: ArgumentPlace.Property, DefaultText: not null })
            .Select(argument => $"`{argument.Name}={argument.DefaultText}`")
            .Where(text => !row.Contains(text, StringComparison.Ordinal))
            .Select(text => $"docs/layers.md does not say {text} of {kind}."));
    }

    private static string Section(string page, string heading)
    {
        int start = page.IndexOf($"\n## {heading}\n", StringComparison.OrdinalIgnoreCase);
        int end = page.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return end < 0 ? page[start..] : page[start..end];
    }

    [GeneratedRegex(@"\(#(\w+)\)")]
    private static partial Regex SectionLink();

    private static Type AttributeOf(string kind)
    {
        Assembly runtime = typeof(LayerAttribute).Assembly;
        return LayerTable.Find(kind)!.TypeParameter is null
            ? runtime.GetType($"Cnn.{kind}Attribute", throwOnError: true)!
            : runtime.GetType($"Cnn.{kind}Attribute`1", throwOnError: true)!.MakeGenericType(typeof(object));
    }

    private static IEnumerable<string> Properties(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.DeclaringType != typeof(Attribute)).Select(property => property.Name);

    private static object Made(Type type)
    {
        ConstructorInfo constructor = type.GetConstructors().OrderBy(candidate => candidate.GetParameters().Length).First();
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => Any(parameter.ParameterType))]);
    }

    private static object Any(Type type) => type == typeof(string) ? ""
        : type.IsArray ? Array.CreateInstance(type.GetElementType()!, 1)
        : Activator.CreateInstance(type)!;

    private static Type TypeOf(ArgumentDefinition argument) => argument.Type switch
    {
        ArgumentType.Integer => typeof(int),
        ArgumentType.Integers => typeof(int[]),
        ArgumentType.Real => typeof(double),
        ArgumentType.Reals => typeof(double[]),
        ArgumentType.Flag => typeof(bool),
        ArgumentType.Text => typeof(string),
        ArgumentType.Texts => typeof(string[]),
        _ => typeof(Enum),
    };
}
