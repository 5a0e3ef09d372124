using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Cnn.Generator.Tests.Harness;

/// <summary>What a driver that has run once does after an edit: the reasons of all outputs of each step.</summary>
/// <param name="Read">One for each network, in the order of the sources.</param>
/// <param name="Shape">The same.</param>
/// <param name="Plan">The same.</param>
/// <param name="Emit">The same.</param>
internal sealed record StepReasons(string Read, string Shape, string Plan, string Emit)
{
    /// <summary>Runs the generator before and after an edit.</summary>
    public static StepReasons Of(IIncrementalGenerator generator, CSharpCompilation before, CSharpCompilation after,
        AnalyzerConfigOptionsProvider? options = null) =>
            Of(generator, before, after, options, ProjectFiles.None, ProjectFiles.None);

    /// <summary>The same with weights files before and after it.</summary>
    public static StepReasons Of(CSharpCompilation before, CSharpCompilation after, ProjectFiles project, ProjectFiles edited) =>
        Of(new NetworkGenerator(), before, after, options: edited, project, edited);

    private static StepReasons Of(
        IIncrementalGenerator generator, CSharpCompilation before, CSharpCompilation after, AnalyzerConfigOptionsProvider? options,
        ProjectFiles project, ProjectFiles edited)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [generator.AsSourceGenerator()], project.Texts, optionsProvider: project,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        driver = driver.RunGenerators(before, token);
        if (options is not null)
            driver = driver.WithUpdatedAnalyzerConfigOptions(options);
        if (edited != project)
            driver = driver.ReplaceAdditionalTexts(edited.Texts);
        GeneratorRunResult result = driver.RunGenerators(after, token).GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        return new StepReasons(
            Reasons(result, TrackingNames.Read), Reasons(result, TrackingNames.Shape), Reasons(result, TrackingNames.Plan),
            Reasons(result, TrackingNames.Emit));
    }

    /// <summary>Nothing runs again but the look at the declaration, which finds it unchanged.</summary>
    public static StepReasons Unchanged(int networks = 1) => new(
        Repeat(IncrementalStepRunReason.Unchanged, networks), Repeat(IncrementalStepRunReason.Cached, networks),
        Repeat(IncrementalStepRunReason.Cached, networks), Repeat(IncrementalStepRunReason.Cached, networks));

    /// <summary>Everything runs again, and everything comes out otherwise.</summary>
    public static StepReasons Modified { get; } = new("Modified", "Modified", "Modified", "Modified");

    private static string Repeat(IncrementalStepRunReason reason, int count) => string.Join(", ", Enumerable.Repeat(reason, count));

    private static string Reasons(GeneratorRunResult result, string step)
    {
        ImmutableArray<IncrementalGeneratorRunStep> runs = result.TrackedSteps[step];
        Assert.NotEmpty(runs);
        return string.Join(", ", runs.SelectMany(run => run.Outputs).Select(output => output.Reason));
    }
}
