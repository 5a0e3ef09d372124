using System.Text;
using Cnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Generator.Tests.Golden;

/// <summary>docs/generated shows what the generator writes for LeNet. Set CNN_UPDATE_GOLDEN=1 and run this test to write it anew.</summary>
public sealed class LeNetSampleTests
{
    [Fact]
    public void The_sample_in_the_documentation_is_what_the_generator_writes()
    {
        Dictionary<string, string> written = Generate();
        string folder = RepositoryFolder.Find("docs", "generated");
        if (RepositoryFolder.IsToBeUpdated)
        {
            foreach (KeyValuePair<string, string> file in written)
                File.WriteAllText(Path.Combine(folder, file.Key), file.Value, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }

        string[] shown = [.. Directory.GetFiles(folder, "*.cs").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];
        Assert.Equal(written.Keys.Order(StringComparer.Ordinal), shown);
        foreach (string file in shown)
        {
            string text = File.ReadAllText(Path.Combine(folder, file)).ReplaceLineEndings("\n");
            Assert.True(
                text == written[file],
                $"docs/generated/{file} is not what the generator writes today: run this test with {RepositoryFolder.UpdateVariable}=1, "
                + "and read the difference before you commit it.");
        }
    }

    private static Dictionary<string, string> Generate()
    {
        CSharpCompilation compilation = Compiling.Sources(Networks.LeNet);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(new NetworkGenerator()).RunGenerators(compilation, TestContext.Current.CancellationToken);
        return driver.GetRunResult().Results.Single().GeneratedSources.ToDictionary(source => source.HintName,
            source => source.SourceText.ToString(), StringComparer.Ordinal);
    }
}
