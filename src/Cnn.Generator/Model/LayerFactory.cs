using Cnn.Definitions;
using Cnn.Generator.Collections;

namespace Cnn.Generator.Model;

/// <summary>From an attribute's kind and arguments to the layer's record.</summary>
internal static class LayerFactory
{
    private static readonly Lazy<IReadOnlyDictionary<string, SpecFactory>> ByKind = new(static () =>
        Registry.Entries<SpecFactory>().SelectMany(static factory => factory.Kinds, static (factory, kind) => (factory, kind))
            .ToDictionary(static entry => entry.kind, static entry => entry.factory, StringComparer.Ordinal));

    /// <summary>Makes the layer's record; an <see cref="UnreadableSpec"/> where an argument is not a value of the wanted type.</summary>
    /// <param name="kind">The attribute without its suffix, as <c>Conv</c>.</param>
    /// <param name="values">The arguments by name.</param>
    /// <param name="block">For the use of a block, which one.</param>
    /// <returns>A record that has a name only where the arguments give one; see <see cref="DefaultNames"/>.</returns>
    public static LayerSpec Create(string kind, EquatableArray<NamedArgument> values, BlockReference? block = null)
    {
        LayerDefinition? definition = kind == OutputDefinition.Kind ? OutputDefinition.Value : LayerTable.Find(kind);
        LayerArguments arguments = new(definition ?? new LayerDefinition(kind, ""), values);
        LayerSpec? layer = definition is null || !arguments.IsReadable ? null
            : block is not null ? BlockUseSpec.Of(block, arguments)
            : ByKind.Value.TryGetValue(kind, out SpecFactory factory) ? factory.Create(kind, arguments)
            : null;
        string? name = arguments.Text("Name");
        string? from = arguments.Text("From");
        bool frozen = arguments.Flag("Frozen");
        if (layer is null || !arguments.IsReadable)
            layer = new UnreadableSpec(kind);
        return layer with { Name = name ?? "", IsNamed = name is not null, From = from, Frozen = frozen };
    }
}
