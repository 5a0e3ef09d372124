using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Cnn.Property.Tests.Compiling;

/// <summary>A project file that sets <c>CnnTrace</c>.</summary>
/// <param name="winogradTraining">What it sets <c>CnnWinogradTraining</c> to.</param>
internal sealed class TracingOptions(bool winogradTraining) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Properties(winogradTraining);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

    private sealed class Properties(bool winogradTraining) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = key switch
            {
                "build_property.CnnTrace" => "true",
                "build_property.CnnWinogradTraining" => winogradTraining ? "true" : "false",
                _ => null,
            };
            return value is not null;
        }
    }
}
