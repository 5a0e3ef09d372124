using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Basic.Reference.Assemblies;
using Cnn.Generator;
using Cnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Cnn.Architecture.Tests.Support;

/// <summary>
/// C# of many pages as one compilation, since a compilation a page would take minutes: a page is a namespace, with the usings that it has shown so far, and
/// the statements of a block are a method, whose parameters are the variables that the page takes for given.
/// </summary>
internal sealed class SampleProgram
{
    private const string ImplicitUsings = """
        using System; using System.Collections.Generic; using System.IO; using System.Linq; using System.Net.Http; using System.Threading;
        using System.Threading.Tasks; using Cnn;
        """;

    private readonly List<SyntaxTree> _trees = [];
    private ProjectFiles _files = ProjectFiles.None;

    /// <summary>Adds a page.</summary>
    /// <param name="blocks">Its blocks of C#, in their order.</param>
    public void Add(IReadOnlyList<CodeBlock> blocks)
    {
        string space = "Page" + _trees.Count.ToString(CultureInfo.InvariantCulture);
        StringBuilder usings = new(ImplicitUsings);
        for (int index = 0; index < blocks.Count; index++)
        {
            CodeBlock block = blocks[index];
            CompilationUnitSyntax unit = CSharpSyntaxTree.ParseText(block.Text).GetCompilationUnitRoot();
            foreach (UsingDirectiveSyntax directive in unit.Usings)
                usings.Append(directive.ToString()).Append('\n');
            StringBuilder text = new();
            text.Append(usings).Append(CultureInfo.InvariantCulture, $"\nnamespace {space}\n{{\n{block.Marked("with")}\n");
            foreach (MemberDeclarationSyntax type in unit.Members.Where(static member => member is not GlobalStatementSyntax))
                text.Append(At(block, unit, type));
            text.Append(CultureInfo.InvariantCulture, $"\ninternal static class Sample{index}\n{{\ninternal static void Run({block.Marked("given")})\n{{\n");
            foreach (MemberDeclarationSyntax statement in unit.Members.OfType<GlobalStatementSyntax>())
                text.Append(At(block, unit, statement));
            text.Append("\n}\n}\n}\n");
            _trees.Add(CSharpSyntaxTree.ParseText(text.ToString(), path: $"{space}.{index}.cs"));
            if (block.Marked("weights") is { } network)
                _files = _files.With($"{space}.{network}", "");
        }
    }

    /// <summary>What generator and compiler have against it, by file and line of the documents.</summary>
    public IReadOnlyList<string> Errors()
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Documents",
            _trees,
            [
                .. Net100.References.All,
                .. Directory.GetFiles(AppContext.BaseDirectory, "Cnn*.dll").Where(IsLibrary).Select(static file => MetadataReference.CreateFromFile(file)),
            ],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        ProjectFiles project = _files.InBuild();
        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], project.Texts, optionsProvider: project)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out ImmutableArray<Diagnostic> faults);
        return
        [
            .. faults.Concat(generated.GetDiagnostics()).Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(static diagnostic =>
            {
                FileLinePositionSpan span = diagnostic.Location.GetMappedLineSpan();
                return $"{span.Path}({span.StartLinePosition.Line + 1}): {diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";
            }),
        ];
    }

    /// <summary>Those that a program references; the generator is none.</summary>
    private static bool IsLibrary(string file) => Path.GetFileNameWithoutExtension(file) is var name
        && name is not ("Cnn.Generator" or "Cnn.Build") && !name.EndsWith(".Tests", StringComparison.Ordinal);

    private static string At(CodeBlock block, CompilationUnitSyntax unit, MemberDeclarationSyntax member)
    {
        int line = block.Line + unit.SyntaxTree.GetLineSpan(member.FullSpan).StartLinePosition.Line;
        return string.Create(CultureInfo.InvariantCulture, $"\n#line {line} \"{block.File}\"\n{member.ToFullString()}\n#line default\n");
    }
}
