using System.Collections.Immutable;
using System.Globalization;
using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Diagnostics;

/// <summary>Repairs as a diagnostic's properties, which is all that reaches a code fix.</summary>
public static class RepairProperties
{
    private const string Kind = "kind";
    private const string Target = "target";
    private const string Value = "value";

    public static ImmutableDictionary<string, string?> Of(EquatableArray<Repair> repairs)
    {
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty;
        for (int i = 0; i < repairs.Length; i++)
        {
            properties = properties
                .Add(Key(Kind, i), repairs[i].Kind.ToString())
                .Add(Key(Target, i), repairs[i].Target)
                .Add(Key(Value, i), repairs[i].Value);
        }

        return properties;
    }

    /// <summary>Reads them back, in their order.</summary>
    public static IEnumerable<Repair> Read(ImmutableDictionary<string, string?> properties)
    {
        for (int i = 0; properties.TryGetValue(Key(Kind, i), out string? kind) && Enum.TryParse(kind, out RepairKind known); i++)
            yield return new Repair(known, properties[Key(Target, i)] ?? "", properties[Key(Value, i)] ?? "");
    }

    private static string Key(string part, int index) => part + index.ToString(CultureInfo.InvariantCulture);
}
