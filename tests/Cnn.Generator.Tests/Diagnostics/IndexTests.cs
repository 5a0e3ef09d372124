using System.Text;
using Cnn.Generator.Model;
using Cnn.Generator.Tests.Harness;

namespace Cnn.Generator.Tests.Diagnostics;

/// <summary>The list of all diagnostics in the documentation is that of the generator.</summary>
public sealed class IndexTests
{
    private static readonly (char Digit, string Title)[] Blocks =
    [
        ('0', "The declaration"), ('1', "Shapes and the graph"), ('2', "Advice"), ('3', "Weights and options"), ('9', "Information"),
    ];

    [Fact]
    public void The_index_lists_every_diagnostic_with_its_severity_and_title()
    {
        string file = Path.Combine(RepositoryFolder.Find("docs", "diagnostics"), "README.md");
        string index = Write();
        if (RepositoryFolder.IsToBeUpdated)
            File.WriteAllText(file, index);
        Assert.True(File.ReadAllText(file) == index,
            $"docs/diagnostics/README.md is not the list of today: run this test with {RepositoryFolder.UpdateVariable}=1.");
    }

    private static string Write()
    {
        StringBuilder text = new();
        text.Append(
            """
            # Diagnostics

            Errors cannot be turned off, because a faulty network is not generated: the class gets its members, so that nothing else is
            reported missing. In a build the generator reports them, before whatever the compiler finds, and whether analyzers run or not; in
            an editor the analyzer does, while you type. Warnings and information can be turned off, in `.editorconfig`:

            ```ini
            [*.cs]
            dotnet_diagnostic.CNN2004.severity = none
            ```

            Where there is a code fix, `dotnet format analyzers --diagnostics CNN2004 --severity info` applies it everywhere.

            Each page has a sample that fails and one that is mended; tests compile both.

            """);
        foreach ((char digit, string title) in Blocks)
        {
            FaultDescription[] faults = [.. FaultCatalog.All.Where(fault => fault.Id[3] == digit)];
            if (faults.Length == 0)
                continue;
            text.Append($"\n## {title}\n\n| | severity | |\n|---|---|---|\n");
            foreach (FaultDescription fault in faults)
                text.Append($"| [{fault.Id}]({fault.Id}.md) | {Severity(fault)} | {fault.Title} |\n");
        }

        return text.ToString();
    }

    private static string Severity(FaultDescription fault) => !fault.IsEnabledByDefault ? "off" : fault.Severity switch
    {
        FaultSeverity.Error => "error",
        FaultSeverity.Warning => "warning",
        _ => "information",
    };
}
