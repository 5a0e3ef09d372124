using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Cnn.Tool.Compiling;

/// <summary>Properties that are <c>true</c> in the project file of a network, as the compiler hands them to the generator.</summary>
/// <param name="names">Such as <c>CnnStepTimes</c>.</param>
internal sealed class ProjectProperties(params string[] names) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Properties(names);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

    private sealed class Properties(string[] names) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = names.Any(name => key == "build_property." + name) ? "true" : null;
            return value is not null;
        }
    }
}
