using Cnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Generator.Tests.Diagnostics;

public sealed class GeneratorOutputTests
{
    [Fact]
    public async Task The_generators_own_members_are_not_held_against_the_user()
    {
        CSharpCompilation compilation = Compiling.Sources("[Network, Input(4), Linear(2)] public partial class LeNet;")
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText(
                "partial class LeNet { public LeNet(int seed = 0) { } public sealed class Trainer; public const int InputLength = 784; }",
                path: "obj/generated/Cnn.Generator/Cnn.Generator.NetworkGenerator/LeNet.g.cs",
                cancellationToken: TestContext.Current.CancellationToken));
        Assert.Empty(await Analyzing.Run(compilation));
    }

    [Fact]
    public async Task A_generated_part_does_not_make_a_class_partial()
    {
        CSharpCompilation compilation = Compiling.Sources("[Network, Input(4), Linear(2)] public class Net;").AddSyntaxTrees(CSharpSyntaxTree.ParseText(
            "partial class Net;",
            path: "Cnn.Generator/Cnn.Generator.NetworkGenerator/Net.g.cs",
            cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(["CNN0001"], (await Analyzing.Run(compilation)).Select(diagnostic => diagnostic.Id));
    }
}
