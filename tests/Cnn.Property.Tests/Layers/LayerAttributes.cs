using System.Reflection;

namespace Cnn.Property.Tests.Layers;

/// <summary>The layers that the product has.</summary>
internal static class LayerAttributes
{
    private static readonly string[] Everywhere = [nameof(LayerAttribute.Name), nameof(LayerAttribute.From), nameof(LayerAttribute.Frozen)];

    /// <summary>The attributes without their suffix, the input left out.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. Types().Select(KindOf).Where(kind => kind != "Input").Order(StringComparer.Ordinal)];

    /// <summary>What can be set by name on a kind of layer, without what can be on all.</summary>
    public static IEnumerable<string> Settings(string kind) => Types().Single(type => KindOf(type) == kind)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.SetMethod is { IsPublic: true })
        .Select(property => property.Name)
        .Except(Everywhere);

    /// <summary>A generic type's name ends with how many arguments it takes.</summary>
    private static string KindOf(Type type) => type.Name.Split('`')[0][..^nameof(Attribute).Length];

    private static IEnumerable<Type> Types() =>
        typeof(LayerAttribute).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract);
}
