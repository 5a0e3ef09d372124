using System.Reflection;

namespace Cnn.Property.Tests.Layers;

/// <summary>The layers that the product has.</summary>
internal static class LayerAttributes
{
    private static readonly string[] Everywhere = [nameof(LayerAttribute.Name), nameof(LayerAttribute.From), nameof(LayerAttribute.Frozen)];

    /// <summary>What stands at fixed places: at the start, and in blocks.</summary>
    private static readonly Type[] Placed = [typeof(InputAttribute), typeof(BlockAttribute<>), typeof(ResidualAttribute)];

    /// <summary>The attributes without their suffix that can stand anywhere.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
        [.. Types().Except(Placed).Select(type => type.Name[..^nameof(Attribute).Length]).Order(StringComparer.Ordinal)];

    /// <summary>What can be set by name on a kind of layer, without what can be on all.</summary>
    public static IEnumerable<string> Settings(string kind) => Types().Single(type => type.Name == kind + nameof(Attribute))
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.SetMethod is { IsPublic: true })
        .Select(property => property.Name)
        .Except(Everywhere);

    private static IEnumerable<Type> Types() =>
        typeof(LayerAttribute).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract);
}
