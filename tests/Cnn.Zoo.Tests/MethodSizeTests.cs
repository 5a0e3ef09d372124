using System.Reflection;
using Cnn.Zoo;

namespace Cnn.Zoo.Tests;

public sealed class MethodSizeTests
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static TheoryData<Type> Networks => [.. typeof(ResNet18).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(INetwork)))];

    /// <summary>
    /// The JIT silently stops optimising methods of more than 60,000 bytes; 15,000 leave room for what is inlined. Static constructors run once.
    /// </summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void Generated_methods_stay_under_15000_bytes_of_IL(Type network)
    {
        IEnumerable<MethodInfo> methods = TypesOf(network).SelectMany(type => type.GetMethods(All));
        (string Name, int Bytes)[] sizes = [.. methods
            .Select(method => ($"{method.DeclaringType!.Name}.{method.Name}", method.GetMethodBody()?.GetILAsByteArray()?.Length ?? 0))];
        Assert.Contains(sizes, method => method.Bytes > 0);
        Assert.DoesNotContain(sizes, method => method.Bytes > 15_000);
    }

    /// <summary>
    /// Its other limits are 20,000 instructions, 2,000 blocks and 2,000 locals (compiler.h, DEFAULT_MIN_OPTS); NativeAOT has none, and its speed
    /// would hide it.
    /// </summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void Generated_methods_stay_far_below_the_optimisers_limits(Type network) =>
        Assert.All(TypesOf(network).SelectMany(type => type.GetMethods(All)).Where(method => method.GetMethodBody() is not null), method =>
        {
            MethodBody body = method.GetMethodBody()!;
            IlSize size = IlSize.Of(body.GetILAsByteArray()!);
            string found = $"{method.DeclaringType!.Name}.{method.Name}: {size}, {body.LocalVariables.Count} locals";
            Assert.True(size.Instructions <= 10_000 && size.Blocks <= 1_000 && body.LocalVariables.Count <= 1_000, found);
        });

    [Fact]
    public void Bytes_instructions_and_blocks_are_counted()
    {
        // ldarg.0; brtrue.s to the last ret; ldc.i4 7; pop; ret; ret: the entry, what follows the branch, and its target.
        byte[] il = [0x02, 0x2D, 0x07, 0x20, 7, 0, 0, 0, 0x26, 0x2A, 0x2A];
        Assert.Equal(new IlSize(11, 6, 3), IlSize.Of(il));
    }

    private static IEnumerable<Type> TypesOf(Type type) => type.GetNestedTypes(All).SelectMany(TypesOf).Prepend(type);
}
