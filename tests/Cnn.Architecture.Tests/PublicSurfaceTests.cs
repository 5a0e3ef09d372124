using System.ComponentModel;
using System.Reflection;
using Cnn.Architecture.Tests.Support;
using Cnn.CompilerServices;

namespace Cnn.Architecture.Tests;

/// <summary>What a user sees of the runtime, and what only generated code does.</summary>
public sealed class PublicSurfaceTests
{
    private static readonly Type[] Exported = typeof(LayerAttribute).Assembly.GetExportedTypes();

    [Fact]
    public void Attributes_that_can_be_written_are_sealed() =>
        Nothing.In(Exported.Where(type => type.IsSubclassOf(typeof(Attribute)) && !type.IsAbstract && !type.IsSealed).Select(type => type.Name));

    [Fact]
    public void Layer_attributes_carry_the_suffix_and_stand_in_the_users_namespace() =>
        Assert.All(Exported.Where(type => type.IsSubclassOf(typeof(LayerAttribute))), type =>
        {
            Assert.EndsWith("Attribute", type.Name.Split('`')[0], StringComparison.Ordinal);
            Assert.Equal("Cnn", type.Namespace);
        });

    [Fact]
    public void What_generated_code_calls_is_hidden_from_completion() =>
        Nothing.In(Exported
            .Where(type => type.Namespace == typeof(KernelSet).Namespace && !type.IsNested)
            .Where(type => type.GetCustomAttribute<EditorBrowsableAttribute>() is not { State: EditorBrowsableState.Never })
            .Select(type => $"{type.FullName} needs [EditorBrowsable(EditorBrowsableState.Never)]"));

    [Fact]
    public void There_are_three_public_namespaces() =>
        Assert.Equal(["Cnn", "Cnn.CompilerServices", "Cnn.Data"], Exported.Select(type => type.Namespace!).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void The_runtime_depends_on_nothing_but_dotnet() =>
        Assert.All(typeof(LayerAttribute).Assembly.GetReferencedAssemblies(), name => Assert.StartsWith("System.", name.Name, StringComparison.Ordinal));
}
