using Cnn.Architecture.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Architecture.Tests;

/// <summary>What the product says and reads is the same whatever culture the machine has.</summary>
public sealed class CultureTests
{
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    /// <summary>
    /// The tool is a process of its own, which has no culture (InvariantGlobalization); the template is the user's program, and the culture the
    /// user's.
    /// </summary>
    private static readonly string[] WithoutOrOfTheUser = ["src/Cnn.Tool/", "src/Cnn.Templates/"];

    [Fact]
    public void No_text_follows_the_culture_of_the_machine()
    {
        // The samples' packages are not here, so that some types are unknown; numbers are known.
        SyntaxTree[] trees = [.. new[] { "src", "samples" }.SelectMany(folder => Repository.Files(folder, "*.cs"))
            .Select(file => Parse(Repository.Read(file), file))];
        CultureUse uses = new(Compile(trees));
        Nothing.In(trees.Where(tree => !WithoutOrOfTheUser.Any(tree.FilePath.StartsWith)).SelectMany(uses.In));
    }

    [Fact]
    public void A_program_of_ours_has_no_culture()
    {
        Assert.Contains("<InvariantGlobalization>true</InvariantGlobalization>", Repository.Read("Directory.Build.props"), StringComparison.Ordinal);
        Assert.DoesNotContain("InvariantGlobalization", Repository.Read("src/Cnn.Tool/Cnn.Tool.csproj"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$\"{1 / x}\"", true)]
    [InlineData("$\"{n:N0}\"", true)]
    [InlineData("$\"{n}\"", false)]
    [InlineData("$\"{n:D4}\"", false)]
    [InlineData("$\"a\" + $\"{x}\"", true)]
    [InlineData("\"a\" + x", true)]
    [InlineData("x.ToString()", true)]
    [InlineData("x.ToString(\"0.00\")", true)]
    [InlineData("n.ToString(\"N0\")", true)]
    [InlineData("x.ToString(CultureInfo.InvariantCulture)", false)]
    [InlineData("string.Create(CultureInfo.InvariantCulture, $\"{x}\" + $\"{n:N0}\")", false)]
    [InlineData("FormattableString.Invariant($\"{x}\")", false)]
    [InlineData("string.Format(\"{0}\", x)", true)]
    [InlineData("string.Join(' ', x, 1f)", true)]
    [InlineData("new System.Text.StringBuilder().Append($\"{x}\").ToString()", true)]
    [InlineData("new System.Text.StringBuilder().Append(CultureInfo.InvariantCulture, $\"{x}\").ToString()", false)]
    [InlineData("float.Parse(\"1\").GetType().Name", true)]
    [InlineData("float.Parse(\"1\", CultureInfo.InvariantCulture).GetType().Name", false)]
    [InlineData("new ArgumentOutOfRangeException(nameof(x), x, \"message\").Message", true)]
    [InlineData("new ArgumentOutOfRangeException(nameof(x), \"message\").Message", false)]
    [InlineData("$\"{TimeSpan.FromSeconds(x):g}\"", true)]
    public void What_follows_the_culture_is_found(string expression, bool follows)
    {
        SyntaxTree tree = Parse($"using System.Globalization; class C {{ static string M(float x, int n) => {expression}; }}", "C.cs");
        CSharpCompilation compilation = Compile([tree]);
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        Assert.Equal(follows, new CultureUse(compilation).In(tree).Any());
    }

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, path: path);

    private static CSharpCompilation Compile(IEnumerable<SyntaxTree> trees) => CSharpCompilation.Create(
        "Culture",
        [.. trees, Parse(ImplicitUsings, "")],
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("Cnn.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
}
