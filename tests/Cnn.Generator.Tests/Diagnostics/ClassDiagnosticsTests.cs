using System.Collections.Immutable;
using System.Globalization;
using Cnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Generator.Tests.Diagnostics;

/// <summary>What a class needs to be a network, said once, with nothing behind it from the compiler about generated code.</summary>
public sealed class ClassDiagnosticsTests
{
    private const string Layers = "[Network, Input(4), Linear(3), BatchNorm, ReLU, Linear(2)]";

    private const string Use =
        """
        public static class Use
        {
            public static float Run()
            {
                Net net = new Net(1);
                INetwork any = Net.Load("a");
                net.Save("b");
                using (IPredictor predictor = any.CreatePredictor())
                    predictor.Predict(new float[Net.InputLength], new float[Net.OutputLength]);
                using (Net.Predictor predictor = net.CreatePredictor(new PredictorOptions()))
                    predictor.Classify(new float[4]);
                using (Net.Predictor predictor = Net.Pretrained)
                    predictor.Classify(new float[4]);
                using (Net.Trainer trainer = net.CreateTrainer(new Sgd(0.1f), Loss.CrossEntropy()))
                    return trainer.Step(new float[4], new int[1]) + net.Parameters.Count + Net.Summary.Layers.Count;
            }
        }
        """;

    [Theory]
    [InlineData(LanguageVersion.CSharp7_3, "7.3")]
    [InlineData(LanguageVersion.CSharp8, "8.0")]
    [InlineData(LanguageVersion.CSharp9, "9.0")]
    [InlineData(LanguageVersion.CSharp10, "10.0")]
    [InlineData(LanguageVersion.CSharp11, "11.0")]
    public async Task An_old_language_is_one_error_that_names_both_versions(LanguageVersion version, string name)
    {
        Diagnostic[] found = await Build($"namespace App {{ {Layers} public sealed partial class Net {{ }} {Use} }}", version);
        Assert.Equal(["CNN0030"], found.Select(diagnostic => diagnostic.Id));
        Assert.Equal(
            $"Net is generated as C# 12.0, but the project is compiled as C# {name}; remove LangVersion from the project file, or set it to 12.0 or higher",
            found[0].GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp12)]
    [InlineData(LanguageVersion.CSharp13)]
    [InlineData(LanguageVersion.CSharp14)]
    [InlineData(LanguageVersion.Preview)]
    public async Task Generated_code_is_of_the_language_that_the_error_names(LanguageVersion version)
    {
        Assert.Empty(await Build($"namespace App {{ {Layers} public sealed partial class Net {{ }} {Use} }}", version));
        Assert.Empty(await Build(PlannedNetworks.RegularizedLeNet.Replace("RegularizedLeNet", "Net", StringComparison.Ordinal), version));
        Assert.Empty(
            await Build("[Network, Input(3, 9, 9), Normalize(Mean = [0, 1, 2], Deviation = [1, 1, 2]), Conv(6, 3), BatchNorm, ReLU, BatchNorm, MaxPool(2), "
                + "BatchNorm, Conv(4, 2)] public partial class Net;", version));
    }

    [Theory]
    [InlineData("public Base(string title) { }")]
    [InlineData("private Base() { } protected Base(int[] a, System.Collections.Generic.List<string> b) { }")]
    [InlineData("[Obsolete(\"old\", true)] public Base() { } public Base(object a) { }")]
    [InlineData("public Base(int a = 0) { } public Base(string b = \"\") { }")]
    public async Task A_base_class_without_a_usable_constructor_is_one_error(string constructors)
    {
        Diagnostic[] found = await Build($"public class Base {{ {constructors} }} {Layers} public sealed partial class Net : Base; {Use}");
        Assert.Equal(["CNN0031"], found.Select(diagnostic => diagnostic.Id));
        Assert.Equal(
            "Net derives from Base, which has no constructor that Net can call without arguments, but the generated constructors of Net know no others; "
            + "add one to Base, or derive from another class",
            found[0].GetMessage(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_base_class_of_another_assembly_whose_constructor_is_internal_is_one_error() => Assert.Equal(
        ["CNN0031"],
        (await Build($"{Layers} public sealed partial class Net : Base;",
            libraries: "public class Base { internal Base() { } public Base(long a, Base b) { } }")).Select(diagnostic => diagnostic.Id));

    [Theory]
    [InlineData("", "public required string Title { get; init; }", "Title")]
    [InlineData("", "public required int _size;", "_size")]
    [InlineData("public required object Owner { get; set; }", "", "Owner")]
    public async Task A_required_member_is_one_error(string inherited, string own, string name)
    {
        Diagnostic[] found = await Build($"public class Base {{ {inherited} }} {Layers} public sealed partial class Net : Base {{ {own} }}");
        Assert.Equal(["CNN0032"], found.Select(diagnostic => diagnostic.Id));
        Assert.Contains($"Net has the required member {name}, ", found[0].GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public abstract void Save(string path);", "Save")]
    [InlineData("public abstract ParameterSet Parameters { get; }", "Parameters")]
    [InlineData("public abstract void Trainer();", "Trainer")]
    public async Task An_abstract_member_that_a_generated_one_would_hide_is_one_error_beside_the_compilers(string member, string name)
    {
        Diagnostic[] found = await Build($"public abstract class Base {{ {member} }} {Layers} public sealed partial class Net : Base;");
        Assert.Equal(["CNN0033", "CS0534"], found.Select(diagnostic => diagnostic.Id).Distinct());
        Assert.Contains($"Net inherits the abstract member {name} of Base, ", found[0].GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("int INetwork.InputLength => 3;")]
    [InlineData("static Net INetwork<Net>.Create(int seed) => throw new NotSupportedException();")]
    [InlineData("void INetwork.Save(string path) { }")]
    [InlineData("private Net(Cnn.CompilerServices.NetworkCore core) : this(1) { }")]
    public async Task A_member_that_is_generated_for_INetwork_or_for_Load_is_an_error_where_the_user_has_it(string member)
    {
        Diagnostic[] found = await Build($"{Layers} public sealed partial class Net : INetwork<Net> {{ {member} }}");
        Assert.Equal("CNN0006", found[0].Id);
    }

    /// <summary>All that a build says beyond information, in the order of ids.</summary>
    private static async Task<Diagnostic[]> Build(string source, LanguageVersion version = LanguageVersion.CSharp14, params string[] libraries)
    {
        ProjectFiles project = ProjectFiles.None.With("Net", "").WithProperty("CnnTrace", "true");
        CSharpCompilation written = Compiling.Sources(source).As(version);
        if (version < LanguageVersion.CSharp8)
            written = written.WithOptions(written.Options.WithNullableContextOptions(NullableContextOptions.Disable));
        CSharpCompilation compilation = Analyzing.Generated(written.WithLibraries(libraries), project);
        ImmutableArray<Diagnostic> compiled = compilation.GetDiagnostics(TestContext.Current.CancellationToken);
        return
        [
            .. (await Analyzing.Run(compilation, project)).Concat(compiled)
                .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).OrderBy(diagnostic => diagnostic.Id, StringComparer.Ordinal),
        ];
    }
}
