using System.Collections.Immutable;
using System.Globalization;
using Cnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Tests.Diagnostics;

/// <summary>All advice that the reference networks get, to be read and agreed with line by line.</summary>
public sealed class ReferenceAdviceTests
{
    /// <summary>Ronneberger et al., arXiv 1505.04597, figure 1, padded so that no map has to be cut.</summary>
    private const string UNet =
        """
        [Network, Input(1, 256, 256)]
        [Conv(64, 3, Padding = 1), ReLU, Conv(64, 3, Padding = 1), ReLU(Name = "a"), MaxPool(2)]
        [Conv(128, 3, Padding = 1), ReLU, Conv(128, 3, Padding = 1), ReLU(Name = "b"), MaxPool(2)]
        [Conv(256, 3, Padding = 1), ReLU, Conv(256, 3, Padding = 1), ReLU(Name = "c"), MaxPool(2)]
        [Conv(512, 3, Padding = 1), ReLU, Conv(512, 3, Padding = 1), ReLU(Name = "d"), MaxPool(2)]
        [Conv(1024, 3, Padding = 1), ReLU, Conv(1024, 3, Padding = 1), ReLU]
        [ConvTranspose(512, 2, Stride = 2), Concat("d"), Conv(512, 3, Padding = 1), ReLU, Conv(512, 3, Padding = 1), ReLU]
        [ConvTranspose(256, 2, Stride = 2), Concat("c"), Conv(256, 3, Padding = 1), ReLU, Conv(256, 3, Padding = 1), ReLU]
        [ConvTranspose(128, 2, Stride = 2), Concat("b"), Conv(128, 3, Padding = 1), ReLU, Conv(128, 3, Padding = 1), ReLU]
        [ConvTranspose(64, 2, Stride = 2), Concat("a"), Conv(64, 3, Padding = 1), ReLU, Conv(64, 3, Padding = 1), ReLU]
        [Conv(2, 1)]
        public partial class UNet;
        """;

    private static readonly string ReferenceNetworks = Path.Combine(AppContext.BaseDirectory, "Networks", "Networks.cs");

    private static readonly string List = Path.Combine(RepositoryFolder.Find("tests", "Cnn.Generator.Tests", "Diagnostics"), "ReferenceAdvice.verified.txt");

    [Fact]
    public async Task The_advice_of_the_reference_networks_is_this_list()
    {
        CSharpCompilation compilation = Compiling.Sources(await File.ReadAllTextAsync(ReferenceNetworks, TestContext.Current.CancellationToken));
        ImmutableArray<Diagnostic> found = await Analyzing.Run(compilation);
        Assert.DoesNotContain(found, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        string advice = string.Concat(
            found.Select(diagnostic => $"{NetworkAt(diagnostic)}: {diagnostic.Id} {diagnostic.GetMessage(CultureInfo.InvariantCulture)}\n"));
        if (RepositoryFolder.IsToBeUpdated)
            await File.WriteAllTextAsync(List, advice, TestContext.Current.CancellationToken);
        Assert.True(
            await File.ReadAllTextAsync(List, TestContext.Current.CancellationToken) == advice,
            $"Diagnostics/{Path.GetFileName(List)} is not what the networks get today: run this test with {RepositoryFolder.UpdateVariable}=1, "
            + "and agree with the difference before you commit it.");
    }

    /// <summary>ResNet, MobileNetV2, GoogLeNet, DenseNet and U-Net as their papers have them: whoever writes one has to be left in peace.</summary>
    [Fact]
    public async Task Networks_of_the_literature_get_no_advice()
    {
        string[] files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Zoo"), "*.cs");
        Assert.Contains(files, file => Path.GetFileName(file) == "MobileNetV2.cs");
        CSharpCompilation compilation = Compiling.Sources([.. files.Select(File.ReadAllText), UNet]);
        Assert.Equal("", string.Join("\n", (await Analyzing.Run(compilation)).Select(diagnostic => NetworkAt(diagnostic) + ": " + diagnostic)));
    }

    private static string NetworkAt(Diagnostic diagnostic)
    {
        SyntaxNode node = diagnostic.Location.SourceTree!.GetRoot(TestContext.Current.CancellationToken).FindNode(diagnostic.Location.SourceSpan);
        return node.AncestorsAndSelf().OfType<ClassDeclarationSyntax>().First().Identifier.Text;
    }
}
