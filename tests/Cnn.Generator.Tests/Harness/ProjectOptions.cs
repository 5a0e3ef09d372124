using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Cnn.Generator.Tests.Harness;

/// <summary>One property of a project file, as the compiler hands it on.</summary>
internal sealed class ProjectOptions(string key, string value) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new One(key, value);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

    private sealed class One(string key, string value) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string name, [NotNullWhen(true)] out string? found)
        {
            found = name == key ? value : null;
            return found is not null;
        }
    }
}
