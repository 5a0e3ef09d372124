using Cnn.Architecture.Tests.Support;

namespace Cnn.Architecture.Tests;

/// <summary>One way through the generator: Reading, Shapes, Planning, Emission, on the records of Model.</summary>
public sealed class GeneratorRoomsTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        // Compiled into other assemblies as well.
        ["Definitions"] = [],
        ["Collections"] = [],
        ["Text"] = [],
        ["Model"] = ["Definitions", "Collections"],
        ["Reading"] = ["Model", "Collections", Rooms.Roslyn],
        ["Shapes"] = ["Model", "Definitions", "Collections"],
        ["Planning"] = ["Model", "Definitions", "Collections"],
        ["Emission"] = ["Planning", "Model", "Definitions", "Collections", "Text"],
        ["Diagnostics"] = ["Reading", "Shapes", "Model", "Collections", Rooms.Roslyn],

        // The wiring.
        [""] = ["Reading", "Diagnostics", "Shapes", "Planning", "Emission", "Model", "Collections", Rooms.Roslyn],
    };

    /// <summary>From what it runs on and how tensors lie to what runs when.</summary>
    private static readonly Dictionary<string, string[]> AllowedInPlanning = new(StringComparer.Ordinal)
    {
        ["Targets"] = [],
        ["Memory"] = ["Targets"],
        ["Contractions"] = ["Memory", "Targets"],
        ["Tiles"] = ["Contractions", "Targets"],
        ["Lowering"] = ["Tiles", "Contractions", "Memory", "Targets"],
        ["Calls"] = ["Lowering", "Tiles", "Contractions", "Memory"],
        ["Schedules"] = ["Calls", "Memory", "Targets"],
        ["Graph"] = ["Schedules", "Calls", "Lowering", "Tiles", "Contractions", "Memory", "Targets"],

        // The plans that Emission writes down, and the way to them.
        [""] = ["Graph", "Schedules", "Calls", "Lowering", "Tiles", "Contractions", "Memory", "Targets"],
    };

    private static readonly Lazy<Rooms> Generator = new(() => Rooms.Of("src/Cnn.Generator"));

    [Fact]
    public void A_room_uses_only_the_rooms_before_it() => Nothing.In(Generator.Value.Outside(Allowed));

    [Fact]
    public void A_room_of_Planning_uses_only_the_rooms_before_it() => Nothing.In(Rooms.Of("src/Cnn.Generator", "Planning").Outside(AllowedInPlanning));

    [Fact]
    public void Every_room_has_its_rule() => Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), Generator.Value.All);

    [Fact]
    public void A_forbidden_use_would_be_found()
    {
        Dictionary<string, string[]> strict = Allowed.ToDictionary(rule => rule.Key, _ => Array.Empty<string>());
        string[] found = [.. Generator.Value.Outside(strict)];
        Assert.Contains(found, line => line.StartsWith("src/Cnn.Generator/Emission/NetworkEmitter.cs uses NetworkPlan of Planning", StringComparison.Ordinal));
        Assert.Contains(found,
            line => line.StartsWith("src/Cnn.Generator/Reading/NetworkReader.cs uses INamedTypeSymbol of Microsoft.CodeAnalysis", StringComparison.Ordinal));
    }
}
