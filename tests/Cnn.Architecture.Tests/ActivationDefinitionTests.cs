using System.Reflection;
using Cnn.Architecture.Tests.Support;
using Cnn.Definitions;

namespace Cnn.Architecture.Tests;

/// <summary>Attribute, struct, oracle and documentation of an activation are as its definition says.</summary>
public sealed class ActivationDefinitionTests
{
    private const string Oracles = "tests/Cnn.Runtime.Tests/Kernels/ActivationOracle.cs";

    private static readonly Assembly Runtime = typeof(LayerAttribute).Assembly;

    public static TheoryData<string> Kinds => [.. ActivationTable.Kinds];

    public static TheoryData<string> Names => [.. ActivationTable.All.Select(activation => activation.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_attribute_has_the_arguments_of_the_definition_and_their_defaults(string kind)
    {
        Type type = Runtime.GetType($"Cnn.{kind}Attribute", throwOnError: true)!;
        object attribute = Activator.CreateInstance(type)!;
        ActivationDefinition definition = ActivationTable.OfKind(kind).First();
        (string, object)[] flags = definition.Flag is { } flag ? [(flag.Name, false)] : [];
        Assert.Equal(
            [.. definition.Numbers.Select(number => (number.Name, (object)number.Default)), .. flags],
            type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Select(property => (property.Name, property.GetValue(attribute)!)));
        string byPlace = string.Join(", ", definition.Numbers.Where(number => number.IsPositional).Select(number => number.LowerName));
        Assert.Equal(
            new[] { "", byPlace }.Distinct(),
            type.GetConstructors().Select(constructor => string.Join(", ", constructor.GetParameters().Select(parameter => parameter.Name))).Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_struct_takes_the_numbers_of_the_definition(string name)
    {
        ActivationDefinition definition = ActivationTable.Named(name);
        Type type = Runtime.GetType($"Cnn.CompilerServices.{name}Activation", throwOnError: true)!;
        Assert.Equal(
            definition.Numbers.Select(number => number.LowerName),
            type.GetConstructors().SelectMany(constructor => constructor.GetParameters()).Select(parameter => parameter.Name));
        Assert.Equal(definition.UsesOutput, type.GetProperty("UsesOutput")!.GetValue(null));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_row_of_the_documentation_says_what_the_definition_says(string kind) =>
        Assert.Contains(Row([.. ActivationTable.OfKind(kind)]), Repository.Read("docs/layers.md").Split('\n'));

    [Theory]
    [MemberData(nameof(Names))]
    public void An_activation_has_its_function_in_double(string name) =>
        Assert.True(Repository.Read(Oracles).Contains($"\"{name}\",", StringComparison.Ordinal), $"{Oracles} has no {name}, which all tests compare with.");

    private static string Row(ActivationDefinition[] definitions)
    {
        NumberDefinition[] byPlace = [.. definitions[0].Numbers.Where(number => number.IsPositional)];
        string place = byPlace.Length == 0 ? "" : $"({string.Join(", ", byPlace.Select(number => "double " + number.LowerName))})";
        string flag = definitions[0].Flag is { } given ? $"; `{given.Name}=true`: {definitions[1].Formula}" : "";
        string numbers = string.Concat(definitions[0].Numbers.Select(number =>
            double.IsInfinity(number.Default) ? $"; `{number.Name}`, none by default" : $"; `{number.Name}={number.DefaultText}`"));
        return $"| `{definitions[0].Kind}{place}` | {definitions[0].Formula}{flag}{numbers} | the same |";
    }
}
