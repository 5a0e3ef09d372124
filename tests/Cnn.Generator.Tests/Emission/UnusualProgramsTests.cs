using System.Collections.Immutable;
using Cnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Generator.Tests.Emission;

/// <summary>
/// Programs that few people write: the generator neither crashes, which would take every network of the project away, nor writes what does not
/// compile.
/// </summary>
public sealed class UnusualProgramsTests
{
    private const string Layers = "[Network, Input(4), Linear(3)]";

    [Theory]
    [InlineData("namespace @class.@event { " + Layers + " public partial class @int; }")]
    [InlineData("namespace Tables; public partial class @new { public partial struct @record { " + Layers + " internal partial class @while; } }")]
    [InlineData("public partial interface IHolder { " + Layers + " public partial class Net; }")]
    [InlineData("public partial record Holder(int X) { " + Layers + " protected partial class Net; }")]
    [InlineData("public partial record struct Holder(int X) { " + Layers + " private partial class Net; }")]
    [InlineData("public static partial class Holder { " + Layers + " private protected partial class Net; }")]
    [InlineData(Layers + " internal partial class İşlem;")]
    [InlineData("namespace Cnn.System; " + Layers + " public partial class Task { class String; }")]
    [InlineData("namespace Math; " + Layers + " public partial class Span;")]
    [InlineData(Layers + " public partial class Net : System.IDisposable { public void Dispose() { } }")]
    [InlineData("class Base { public int Count; } " + Layers + " partial class Net : Base { public static Net operator +(Net a, Net b) => a; }")]
    [InlineData("public class Base { protected Base(int a = 0, params string[] rest) { } } " + Layers + " public partial class Net : Base;")]
    [InlineData("public class Base { private protected Base() { } public virtual void Save(string path) { } public class Trainer; public int Definitions; } "
        + Layers + " public partial class Net : Base;")]
    [InlineData("public partial class Outer { private Outer() { } " + Layers + " public partial class Net : Outer; }")]
    [InlineData("public interface IModel { void Save(string path); } " + Layers + " public sealed partial class Net : IModel, INetwork;")]
    [InlineData("public abstract class Model { public abstract void Save(string path); } public class Saved : "
        + "Model { public override void Save(string path) { } } " + Layers + " public partial class Net : Saved;")]
    [InlineData(Layers + " [Obsolete(\"old\", true)] public partial class Net;")]
    [InlineData(Layers + " [System.CodeDom.Compiler.GeneratedCode(\"another\", \"1\")] public partial class Net;")]
    [InlineData(Layers
        + " public partial class Net { class Stream; class Optimizer; void Save(Stream stream) { } void Load<T>(string path) { } void "
        + "CreatePredictor(ref PredictorOptions options) { } }")]
    [InlineData(Layers + " public partial class @record;")]
    [InlineData(Layers + " public partial class @required;")]
    [InlineData(Layers + " public partial class @scoped { partial class @file { [Network, Input(4), ReLU] partial class @field; } }", 10)]
    [InlineData(Layers + " public partial class @nint;")]
    [InlineData(Layers + " public partial class Net; public class Derived(int seed) : Net(seed);")]
    [InlineData(Layers + " public partial class First; " + Layers + " public partial class Net : First;", 10)]
    [InlineData(
        "[Network, Input(4), Linear(4, Name = \"class\"), ReLU(Name = \"int\"), Linear(3, Name = \"1x\"), Softmax(Name = \"_\")] public partial class Net;")]
    [InlineData(
        "[Network, Input(4, Name = \"input\"), Linear(4, Name = \"a\"), ReLU, Linear(4, Name = \"A\"), ReLU, "
        + "Linear(3, Name = \"worker\")] public partial class Net;")]
    [InlineData(
        "[Network, Input(2, 6, 6), Conv(3, 3, Name = \"Layers\"), ReLU, Conv(3, 3, Name = \"Kernels\"), ReLU, "
        + "Conv(3, 1, Name = \"Forward\")] public partial class Net;")]
    [InlineData("[Network, Input(4), Linear(4, Name = \"ü\"), ReLU(Name = \"名前\"), Linear(3, Name = \"x_\")] public partial class Net;")]
    public void What_is_generated_compiles(string source, int count = 5)
    {
        Compilation updated = Generate([source], out ImmutableArray<SyntaxTree> files);
        Assert.Equal(count, files.Length);
        Assert.Empty(Errors(updated));
    }

    [Fact]
    public void Networks_whose_names_differ_in_case_alone_have_files_of_their_own()
    {
        Compilation updated = Generate([Layers + "public partial class Net;", Layers + "public partial class NET;", Layers + "public partial class Other;"],
            out ImmutableArray<SyntaxTree> files);
        Assert.Equal(15, files.Select(file => Path.GetFileName(file.FilePath)).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Contains(files, file => Path.GetFileName(file.FilePath) == "Other.g.cs");
        Assert.Empty(Errors(updated));
    }

    [Fact]
    public void A_network_marked_on_two_declarations_is_generated_once()
    {
        Compilation updated = Generate([Layers + "public partial class Net;", "[Network] public partial class Net;"], out ImmutableArray<SyntaxTree> files);
        Assert.Equal(5, files.Length);
        Assert.Equal(["CS0579"], Errors(updated).Select(error => error.Id));
    }

    [Theory]
    [InlineData(Layers + "public partial class Net<T>;", 5)]
    [InlineData("namespace Net { " + Layers + " public partial class Net; }", 10)]
    [InlineData("public partial class Outer { " + Layers + " public partial class Net; } namespace Outer { " + Layers + " public partial class Net; }", 15)]
    [InlineData(Layers + "file partial class Net;", 5)]
    [InlineData(Layers + "public partial class Net;", 1)]
    [InlineData(Layers + "public partial record Net;", 5)]
    [InlineData(Layers + "public partial struct Net;", 5)]
    public void Another_network_of_that_name_has_files_of_its_own_whether_it_may_exist_or_not(string other, int count)
    {
        Generate([Layers + "public partial class Net;", other], out ImmutableArray<SyntaxTree> files);
        Assert.Equal(count, files.Length);
    }

    private static Compilation Generate(string[] sources, out ImmutableArray<SyntaxTree> files)
    {
        CSharpCompilation compilation = Compiling.Sources(sources);
        compilation = compilation.WithOptions(compilation.Options.WithOverflowChecks(true));
        GeneratorDriver driver = Generating.Driver().RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated,
            out ImmutableArray<Diagnostic> reported, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(reported, static diagnostic => !diagnostic.Id.StartsWith("CNN", StringComparison.Ordinal));
        files = driver.GetRunResult().GeneratedTrees;
        return updated;
    }

    private static IEnumerable<Diagnostic> Errors(Compilation compilation) =>
        compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}
