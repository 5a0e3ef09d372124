using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Cnn.Generator.Diagnostics;
using Cnn.Generator.Model;
using Microsoft.CodeAnalysis;

namespace Cnn.Generator.Tests.Diagnostics;

public sealed class CatalogTests
{
    [Fact]
    public void Every_id_is_described_once()
    {
        IEnumerable<string> ids = typeof(FaultIds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);
        Assert.Equal(ids.Order(StringComparer.Ordinal), FaultCatalog.All.Select(fault => fault.Id));
        Assert.Equal(FaultCatalog.All.Select(fault => fault.Id), DiagnosticDescriptors.All.Select(descriptor => descriptor.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_id_has_a_release_row_with_its_category_and_title()
    {
        string[] files = ["AnalyzerReleases.Shipped.md", "AnalyzerReleases.Unshipped.md"];
        IEnumerable<string> rows = files
            .SelectMany(file => File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, file)))
            .Where(line => line.StartsWith("CNN", StringComparison.Ordinal));
        Assert.Equal(
            DiagnosticDescriptors.All.OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal).Select(descriptor =>
                $"{descriptor.Id} | {descriptor.Category} | {(descriptor.IsEnabledByDefault ? descriptor.DefaultSeverity : "Disabled")} | "
                + $"{descriptor.Title.ToString(CultureInfo.InvariantCulture)}"),
            rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Errors_cannot_be_turned_off() =>
        Assert.All(
            DiagnosticDescriptors.All.Where(descriptor => descriptor.DefaultSeverity == DiagnosticSeverity.Error),
            descriptor => Assert.Contains(WellKnownDiagnosticTags.NotConfigurable, descriptor.CustomTags));

    [Fact]
    public void Messages_are_one_sentence_without_a_full_stop() =>
        Assert.All(FaultCatalog.All, fault =>
        {
            Assert.DoesNotMatch(new Regex(@"[.\n]$|\n"), fault.Format);
            Assert.DoesNotMatch(new Regex(@"\.$"), fault.Title);
        });

    [Fact]
    public void Help_is_the_page_in_the_repository_or_the_command_that_prints_it()
    {
        Assert.Equal("https://host/cnn/blob/main/docs/diagnostics/CNN1006.md", DiagnosticDescriptors.Help("CNN1006", "https://host/cnn"));
        Assert.Equal("cnn explain CNN1006", DiagnosticDescriptors.Help("CNN1006", null));
        Assert.All(DiagnosticDescriptors.All, descriptor => Assert.Contains(descriptor.Id, descriptor.HelpLinkUri, StringComparison.Ordinal));
    }
}
