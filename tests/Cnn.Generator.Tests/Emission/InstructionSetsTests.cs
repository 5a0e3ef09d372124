using Cnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Generator.Tests.Emission;

/// <summary>Which kernels a project gets that names instruction sets.</summary>
public sealed class InstructionSetsTests
{
    private static readonly string[] Tests = ["UseAvx512", "UseAvx2", "UseVector128"];

    [Theory]
    [InlineData("", "UseAvx512, UseAvx2, UseVector128")]
    [InlineData("wasm,scalar", "UseVector128")]
    [InlineData("neon", "UseVector128")]
    [InlineData("avx2, wasm", "UseAvx2, UseVector128")]
    [InlineData("scalar", "")]
    public void Only_the_named_sets_are_asked_for(string sets, string expected)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()])
            .WithUpdatedAnalyzerConfigOptions(new ProjectOptions("build_property.CnnInstructionSets", sets));
        GeneratorRunResult result = driver.RunGenerators(Compiling.Sources(Networks.LeNet), token).GetRunResult().Results.Single();
        string text = string.Concat(result.GeneratedSources.Select(source => source.SourceText.ToString()));
        Assert.Contains("_run::SimdScalar", text, StringComparison.Ordinal);
        Assert.Equal(expected, string.Join(", ", Tests.Where(test => text.Contains($"KernelSet.{test})", StringComparison.Ordinal))));
    }
}
