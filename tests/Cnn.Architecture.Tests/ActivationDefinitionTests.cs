using System.Reflection;
using Cnn.Architecture.Tests.Support;
using Cnn.Definitions;

namespace Cnn.Architecture.Tests;

/// <summary>Struct, oracle and documentation of an activation are as its definition says.</summary>
public sealed class ActivationDefinitionTests
{
    private const string Oracles = "tests/Cnn.Runtime.Tests/Kernels/ActivationOracle.cs";

    private static readonly Assembly Runtime = typeof(LayerAttribute).Assembly;

    public static TheoryData<string> Kinds => [.. ActivationTable.Kinds];

    public static TheoryData<string> Names => [.. ActivationTable.All.Select(activation => activation.Name)];

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
        LayerDefinition layer = LayerTable.Find(definitions[0].Kind)!;
        string flag = definitions[0].Flag is { } given ? $"; `{given.Name}=true`: {definitions[1].Formula}" : "";
        string numbers = string.Concat(layer.Arguments.Where(argument => argument.Type == ArgumentType.Real)
            .Select(number => number.DefaultText is { } text ? $"; `{number.Name}={text}`" : $"; `{number.Name}`, none by default"));
        return $"| `{layer.Signature}` | {definitions[0].Formula}{flag}{numbers} | the same |";
    }
}
