using Cnn.Generator.Benchmarks;
using Cnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Tests.Emission;

/// <summary>
/// What a network adds to a build grows with the tokens of C# that are generated for it, comments and white space aside: <c>Cnn.Generator.Benchmarks
/// --text</c> counts them file by file, and <c>--build</c> measures the time.
/// </summary>
public sealed class TokenTests
{
    [Fact]
    public void LeNet() => Assert.InRange(Tokens(Declarations.LeNet), 20_000, 33_000);

    [Fact]
    public void ResNet18() => Assert.InRange(Tokens(Declarations.ResNet18), 100_000, 158_500);

    [Fact]
    public void MobileFaceNet() => Assert.InRange(Tokens(Declarations.MobileFaceNet), 100_000, 175_000);

    private static int Tokens(string declaration) => Generating.Files(declaration)
        .Sum(static file => Generating.Parse(file.Value, file.Key).GetRoot(TestContext.Current.CancellationToken).DescendantTokens().Count());
}
