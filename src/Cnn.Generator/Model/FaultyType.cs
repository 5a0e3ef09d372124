using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

/// <summary>A class with its faults.</summary>
/// <param name="Name">Its name.</param>
/// <param name="UniqueName">As in <see cref="TypeSpec"/>.</param>
/// <param name="Faults">At least one.</param>
public sealed record FaultyType(string Name, string UniqueName, EquatableArray<Fault> Faults)
{
    /// <summary>Null where nothing is an error.</summary>
    public static FaultyType? Of(TypeSpec type, IEnumerable<Fault> faults) =>
        faults.Where(static fault => FaultCatalog.IsError(fault) && !fault.IsOfBlock).ToEquatableArray() is { Length: > 0 } errors
            ? new FaultyType(type.Name, type.UniqueName, errors)
            : null;
}
