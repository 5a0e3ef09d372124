using System.Collections.Immutable;
using System.Reflection;
using Cnn.CompilerServices;
using Cnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Generator.Tests.Emission;

/// <summary>
/// Every name in generated code means the same, whatever the user calls so: a class Worker beside a network, a namespace App.Packing, a property
/// Stream of the class.
/// </summary>
public sealed class NamesakeTests
{
    private const string Layers =
        """
        [Network, Input(4, 12, 12)]
        [Normalize(Mean = [0.1, -0.2, 0, 0.3], Deviation = [0.5, 2, 1, 0.8]), Conv(20, 5, Padding = 2), ReLU(Name = "stem")]
        [Conv(20, 3, Padding = 1, Groups = 20, Bias = false), BatchNorm, ReLU6, PReLU, Add("stem"), LeakyReLU, ELU, GELU, GELU(Tanh = true), MaxPool(2)]
        [GroupNorm(4), LayerNorm, LocalResponseNorm(5), AvgPool(3, Stride = 1, Padding = 1), Sigmoid(Name = "gate"), Tanh, Multiply("gate"), Concat("gate")]
        [Upsample(2), Upsample(2, Mode = UpsampleMode.Bilinear), ConvTranspose(6, 3, Stride = 2), Pad(2, Mode = PadMode.Reflect), MaxPool(3, Padding = 1)]
        [AdaptiveAvgPool(7)]
        [Dropout, Flatten, Linear(30), BatchNorm(Affine = false), Clip(-1, 1), Linear(10), LogSoftmax]
        """;

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    /// <summary>What C# does not let a class declare of its own, or what the generator says itself that it adds.</summary>
    private static readonly string[] Taken = ["Create", "CreatePredictor", "CreateTrainer", "InputLength", "Load", "LoadMatching", "OutputLength",
        "Parameters", "Save", "Summary"];

    private static readonly Lazy<Dictionary<string, string[]>> Plain = new(() => Meanings(Program()));

    private static readonly Lazy<string[]> Names = new(() => [.. Plain.Value.Keys.Order(StringComparer.Ordinal)]);

    [Fact]
    public void The_names_are_those_of_everything_that_generated_code_uses()
    {
        Assert.Superset(
            new HashSet<string>(["Worker", "MethodImpl", "Stream", "Loss", "Optimizer", "Packing", "ElementWise", "Reductions", "TrainerOptions",
                "NetworkSummary", "INetwork", "Load", "At", "Lanes", "Cnn", "IO", "_run"]),
            Names.Value.ToHashSet());
        Assert.DoesNotContain("Net", Names.Value);
    }

    [Fact]
    public void Types_in_the_users_namespace() => Unchanged(Program(inside: Types(Names.Value)));

    [Fact]
    public void Types_in_the_global_namespace() => Unchanged(Program(before: Types(Names.Value.Except(["Cnn", "System"]))));

    [Fact]
    public void Types_in_the_class() => Unchanged(Program(members: Types(Names.Value.Except(Taken))));

    [Fact]
    public void Types_in_an_outer_class() => Unchanged(Program(outer: Types(Names.Value)));

    [Fact]
    public void Types_in_a_base_class_even_one_that_is_called_like_the_network() => Unchanged(Program(
        before: $"public class Base {{ {Types([.. Names.Value, "Net", "Trainer", "Predictor", "Layers", "Kernels"])} }}", bases: " : global::Base"));

    [Fact]
    public void Namespaces_in_the_users_namespace() => Unchanged(Program(inside: Namespaces(Names.Value)));

    [Fact]
    public void Namespaces_of_the_whole_program() => Unchanged(Program(before: Namespaces(Names.Value.Except(["Cnn", "System"]))));

    [Fact]
    public void Global_aliases() => Unchanged(Program(
        before: string.Concat(Names.Value.Where(name => name[0] != '_').Select(name => $"global using {name} = global::App.Elsewhere;\n")),
        inside: "public class Elsewhere;"));

    [Fact]
    public void Methods_of_the_class() => Unchanged(Program(members: Methods(Names.Value.Except(Taken))));

    [Fact]
    public void Properties_of_the_class() => Unchanged(Program(members: Properties(Names.Value.Except(Taken))));

    [Fact]
    public void Properties_of_an_outer_class() => Unchanged(Program(outer: Properties(Names.Value)));

    [Fact]
    public void Properties_of_a_base_class() => Unchanged(Program(before: $"public class Base {{ {Properties(Names.Value)} }}", bases: " : global::Base"));

    [Theory]
    [InlineData("type")]
    [InlineData("alias")]
    public void A_network_in_the_global_namespace(string kind) => Unchanged(
        Program(isGlobal: true, before: kind == "type"
            ? Types(Names.Value.Except(["Cnn", "System"]))
            : string.Concat(Names.Value.Where(name => name[0] != '_').Select(name => $"global using {name} = global::System.Version;\n"))),
        Program(isGlobal: true));

    [Fact]
    public void The_members_of_a_network_with_a_fault()
    {
        string faulty = Program().Replace("[Dropout, Flatten, ", "[Dropout, ", StringComparison.Ordinal);
        string beside = Program(inside: Types(Names.Value), members: Properties(Names.Value.Except(Taken)))
            .Replace("[Dropout, Flatten, ", "[Dropout, ", StringComparison.Ordinal);
        Assert.Empty(Errors(Compile(faulty, out _)));
        Assert.Empty(Errors(Compile(beside, out _)));
    }

    /// <summary>
    /// Of all networks, not of this one alone: what stands in no other name is declared by the network, inherited from the runtime's classes, or an
    /// alias.
    /// </summary>
    [Fact]
    public void No_name_depends_on_what_is_in_scope()
    {
        HashSet<string> inherited = [.. new[] { typeof(TrainerCore), typeof(PredictorCore), typeof(VectorKernels<,>), typeof(Addressing) }
            .SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static))
            .Select(member => member.Name)];
        CSharpCompilation compilation = Compiling.Sources(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Networks", "Networks.cs")), Blocks.InvertedResidual);
        int files = 0;
        foreach (IGrouping<string, SyntaxTree> network in Analyzing.Generated(compilation).SyntaxTrees
            .Where(tree => tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal))
            .GroupBy(tree => Path.GetFileName(tree.FilePath).Split('.')[2], StringComparer.Ordinal))
        {
            SyntaxNode[] roots = [.. network.Select(tree => tree.GetRoot(TestContext.Current.CancellationToken))];
            HashSet<string> declared = [.. inherited,
                .. roots.SelectMany(root => root.DescendantTokens()).Where(IsDeclaration).Select(token => token.ValueText)];
            Assert.Empty(roots.SelectMany(root => root.DescendantNodes(descendIntoTrivia: true)).OfType<SimpleNameSyntax>().Where(IsFirst)
                .Select(name => name.Identifier.ValueText).Except(declared));
            files += roots.Length;
        }

        Assert.InRange(files, 300, 1000);
    }

    /// <summary>Whether nothing stands before the name that says where it is looked for.</summary>
    private static bool IsFirst(SimpleNameSyntax name) =>
        name.FirstAncestorOrSelf<BaseNamespaceDeclarationSyntax>()?.Name.Span.Contains(name.Span) != true && name.Parent switch
        {
            MemberAccessExpressionSyntax access => access.Expression == name,
            QualifiedNameSyntax qualified => qualified.Left == name,
            AliasQualifiedNameSyntax or NameColonSyntax or NameEqualsSyntax or UsingDirectiveSyntax => false,
            AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment => assignment.Left != name,
            _ => true,
        };

    private static bool IsDeclaration(SyntaxToken token) => token.IsKind(SyntaxKind.IdentifierToken) && token.Parent is
        MemberDeclarationSyntax or VariableDeclaratorSyntax or ParameterSyntax or TypeParameterSyntax or SingleVariableDesignationSyntax
            or ForEachStatementSyntax;

    private static string Program(string before = "", string inside = "", string outer = "", string bases = "", string members = "", bool isGlobal = false) =>
        isGlobal
            ? $"{before}\n{Layers}\npublic partial class Net;"
            : $"{before}\nnamespace App\n{{\n{inside}\npublic partial class Outer\n{{\n{outer}\n{Layers}\n"
                + $"public partial class Net{bases}\n{{\n{members}\n}}\n}}\n}}";

    private static string Types(IEnumerable<string> names) => string.Concat(names.Select(name => $"public class {name} {{ }} public class {name}<T> {{ }}\n"));

    private static string Namespaces(IEnumerable<string> names) => string.Concat(names.Select(name => $"namespace {name} {{ public class Something; }}\n"));

    private static string Methods(IEnumerable<string> names) =>
        string.Concat(names.Select(name => $"public static int {name}(object a, object b) => 0; public static int {name}<T>() => 0;\n"));

    private static string Properties(IEnumerable<string> names) => string.Concat(names.Select(name => $"public static int {name} => 0;\n"));

    private static void Unchanged(string program, string? plain = null)
    {
        Dictionary<string, string[]> expected = plain is null ? Plain.Value : Meanings(plain);
        Dictionary<string, string[]> found = Meanings(program);
        foreach ((string name, string[] meanings) in expected)
            Assert.Equal((name, string.Join("; ", meanings)), (name, string.Join("; ", found.GetValueOrDefault(name, []))));
    }

    /// <summary>For each name of something that neither the user nor the generator declares, what it means, wherever generated code has it.</summary>
    private static Dictionary<string, string[]> Meanings(string program)
    {
        CSharpCompilation compilation = Compile(program, out ImmutableArray<SyntaxTree> generated);
        Assert.Empty(Errors(compilation));
        Assert.Equal(6, generated.Length);
        Dictionary<string, HashSet<string>> meanings = new(StringComparer.Ordinal);
        foreach (SyntaxTree tree in generated)
        {
            SemanticModel model = compilation.GetSemanticModel(tree);
            foreach (SimpleNameSyntax name in tree.GetRoot(TestContext.Current.CancellationToken)
                .DescendantNodes(descendIntoTrivia: true).OfType<SimpleNameSyntax>())
            {
                ISymbol? symbol = model.GetSymbolInfo(name, TestContext.Current.CancellationToken).Symbol;
                if (symbol is INamespaceSymbol { Name: not "App" } or { ContainingAssembly.Name: not "User" })
                    Add(name.Identifier.ValueText,
                        symbol.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithMemberOptions(SymbolDisplayMemberOptions.IncludeContainingType)));
            }
        }

        return meanings.ToDictionary(pair => pair.Key, pair => pair.Value.Order(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);

        void Add(string name, string meaning)
        {
            if (!meanings.TryGetValue(name, out HashSet<string>? all))
                meanings.Add(name, all = new(StringComparer.Ordinal));
            all.Add(meaning);
        }
    }

    private static CSharpCompilation Compile(string program, out ImmutableArray<SyntaxTree> generated)
    {
        ProjectFiles project = ProjectFiles.None.With("Net", "").WithProperty("CnnTrace", "true").WithProperty("CnnStepTimes", "true");
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], project.Texts, ParseOptions, project)
            .RunGeneratorsAndUpdateCompilation(Compiling.Sources(program), out Compilation updated, out ImmutableArray<Diagnostic> crashes,
                TestContext.Current.CancellationToken);
        Assert.Empty(crashes);
        generated = driver.GetRunResult().GeneratedTrees;
        return (CSharpCompilation)updated;
    }

    private static string[] Errors(Compilation compilation) =>
    [
        .. compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.ToString()).Take(20),
    ];
}
