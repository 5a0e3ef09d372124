using System.Globalization;
using Cnn.Generator.Collections;

namespace Cnn.Generator.Emission;

/// <summary>
/// What the names of a network's files start with. Two networks with the same would end the generator for the whole project, in whatever case.
/// </summary>
public static class FileStem
{
    /// <summary>The unique names that differ from another in case alone, in ordinal order.</summary>
    public static EquatableArray<string> Ambiguous(IEnumerable<string> uniqueNames) => uniqueNames
        .GroupBy(static name => name, StringComparer.OrdinalIgnoreCase)
        .Where(static group => group.Skip(1).Any())
        .SelectMany(static group => group)
        .OrderBy(static name => name, StringComparer.Ordinal)
        .ToEquatableArray();

    /// <summary>The class's unique name; where it is ambiguous, with a number made from its exact spelling.</summary>
    public static string Of(string uniqueName, EquatableArray<string> ambiguous) =>
        ambiguous.Contains(uniqueName) ? uniqueName + "-" + StableHash.Of(uniqueName).ToString("x8", CultureInfo.InvariantCulture) : uniqueName;
}
