using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Cnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Generator.Tests.Emission;

public sealed class TextTests
{
    [Fact]
    public void The_text_of_LeNet_stays_under_180_KB()
        => Assert.InRange(Generating.Files(Networks.LeNet).Values.Sum(text => Encoding.UTF8.GetByteCount(text)), 10_000, 180_000);

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("fi-FI")]
    [InlineData("ar-SA")]
    public void The_text_is_the_same_in_every_culture(string culture)
    {
        const string Source =
            """
            [Network, Input(3, 9, 9)]
            [Conv(6, 3, Padding = 1, Name = "stem_i"), BatchNorm(Epsilon = 1e-3, Momentum = 0.25), LeakyReLU(Slope = 0.125)]
            [ELU(Alpha = 1.5), Clip(-1.5, 2.25), MaxPool(2), Dropout(0.1), Flatten, Linear(4)]
            public sealed partial class Titles;
            """;
        ImmutableDictionary<string, string> expected = Generating.Files(Source);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = Culture(culture);
            ImmutableDictionary<string, string> files = Generating.Files(Source);
            Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), files.Keys.Order(StringComparer.Ordinal));
            foreach ((string name, string text) in files)
                Assert.Equal(expected[name], text);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("fi-FI")]
    [InlineData("ar-SA")]
    public async Task Messages_are_the_same_in_every_culture(string culture)
    {
        CSharpCompilation compilation = Compiling.Sources(
            "[Network, Input(784), Linear(3000), Linear(400), Clip(0.5, -1.5), Dropout(-1)] partial class First;",
            "[Network, Input(784), Linear(3000), Linear(400), ReLU(Name = \"titleI\"), ReLU(From = \"TITLEi\")] partial class Second;",
            "[Network, Input(784), Linear(3000), Linear(400)] partial class Third;");
        string[] expected = await Messages(compilation);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = Culture(culture);
            Assert.Equal(expected, await Messages(compilation));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static async Task<string[]> Messages(CSharpCompilation compilation) =>
        [.. (await Analyzing.Run(compilation)).Select(diagnostic => diagnostic.GetMessage(CultureInfo.CurrentCulture))];

    [Fact]
    public void Statistics_of_batch_normalisation_do_not_exist_in_the_pass_of_a_predictor()
    {
        foreach (string source in new[]
        {
            PlannedNetworks.RegularizedLeNet,
            "[Network, Input(3, 6, 6), BatchNorm, Conv(4, 3), ReLU, BatchNorm, GlobalAvgPool, BatchNorm(Affine = false)]\npublic partial class Norms;"
        })
        {
            ImmutableDictionary<string, string> files = Generating.Files(source);
            string predictor = files.Single(file => file.Key.EndsWith(".Predictor.g.cs", StringComparison.Ordinal)).Value;
            foreach (string word in new[] { "Sqrt", "running_", "Running", "Statistics", "Combine", "Normalize", "Dropout" })
                Assert.DoesNotContain(word, predictor, StringComparison.Ordinal);
        }
    }

    /// <summary>The culture with its own signs, in a process that may know only the invariant one.</summary>
    private static CultureInfo Culture(string name)
    {
        CultureInfo culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        try
        {
            culture = (CultureInfo)CultureInfo.GetCultureInfo(name, predefinedOnly: true).Clone();
        }
        catch (CultureNotFoundException)
        {
            culture.NumberFormat.NumberDecimalSeparator = ",";
            culture.NumberFormat.NumberGroupSeparator = "\u00A0";
            culture.NumberFormat.NegativeSign = "\u2212";
        }

        return culture;
    }
}
