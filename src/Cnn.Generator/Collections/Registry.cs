namespace Cnn.Generator.Collections;

/// <summary>What a room knows of each kind of layer: an object of each class that derives from the room's own kind of entry.</summary>
/// <remarks>
/// The classes are found and not listed, so that a new kind is a file in each room and changes none that is there; tests/Cnn.Architecture.Tests says
/// which it lacks.
/// </remarks>
internal static class Registry
{
    private static readonly Lazy<Type[]> Types = new(static () => typeof(Registry).Assembly.GetTypes());

    /// <summary>The entries, in no order.</summary>
    /// <typeparam name="TEntry">What they derive from; each has a constructor without parameters.</typeparam>
    public static IEnumerable<TEntry> Entries<TEntry>()
        where TEntry : class => Types.Value
            .Where(static type => !type.IsAbstract && type.IsSubclassOf(typeof(TEntry)))
            .Select(static type => (TEntry)Activator.CreateInstance(type));

    /// <summary>The entry for the type of a record, or for the nearest type that it derives from; null where there is none.</summary>
    public static TEntry? Nearest<TEntry>(IReadOnlyDictionary<Type, TEntry> entries, object record)
        where TEntry : class
    {
        for (Type? type = record.GetType(); type is not null; type = type.BaseType)
        {
            if (entries.TryGetValue(type, out TEntry entry))
                return entry;
        }

        return null;
    }
}
