using System.Reflection;
using Cnn.Zoo;

namespace Cnn.Zoo.Tests;

public sealed class MethodSizeTests
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static TheoryData<Type> Networks => [.. typeof(ResNet18).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(INetwork)))];

    /// <summary>The JIT silently stops optimising methods of more than 60,000 bytes; 15,000 leave room for what is inlined. Static constructors run once.</summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void Generated_methods_stay_under_15000_bytes_of_IL(Type network)
    {
        IEnumerable<MethodInfo> methods = TypesOf(network).SelectMany(type => type.GetMethods(All));
        (string Name, int Bytes)[] sizes = [.. methods
            .Select(method => ($"{method.DeclaringType!.Name}.{method.Name}", method.GetMethodBody()?.GetILAsByteArray()?.Length ?? 0))];
        Assert.NotEmpty(sizes.Where(method => method.Bytes > 0));
        Assert.Empty(sizes.Where(method => method.Bytes > 15_000));
    }

    private static IEnumerable<Type> TypesOf(Type type) => type.GetNestedTypes(All).SelectMany(TypesOf).Prepend(type);
}
