using System.Text.RegularExpressions;
using Cnn.Architecture.Tests.Support;

namespace Cnn.Architecture.Tests;

public sealed partial class MachinePathTests
{
    private static readonly string[] Text =
        [".cs", ".csproj", ".props", ".targets", ".sln", ".md", ".json", ".editorconfig", ".gitignore", ".gitattributes", ".runsettings", ""];

    [Fact]
    public void No_file_names_a_folder_of_somebodys_machine() =>
        Nothing.In(Repository.Files("", "*")
            .Where(file => Text.Contains(Path.GetExtension(file)))
            .SelectMany(file => Repository.Read(file).Split('\n')
                .Select((line, index) => (Line: line, Number: index + 1))
                .Where(line => MachinePath().IsMatch(line.Line))
                .Select(line => $"{file}({line.Number}): {line.Line.Trim()}")));

    [Theory]
    [InlineData("/home" + "/ada/cnn")]
    [InlineData("see /work" + "/data/mnist")]
    [InlineData(@"C:" + @"\Users\ada")]
    public void A_path_of_a_machine_would_be_found(string line) => Assert.Matches(MachinePath(), line);

    [Theory]
    [InlineData("src/Cnn.Runtime/Isa")]
    [InlineData("docs/home/index")]
    public void A_path_in_the_repository_is_none(string line) => Assert.DoesNotMatch(MachinePath(), line);

    [GeneratedRegex("""(?<![\w.$}])(/(home|work|root|Users|mnt|tmp)/\w|[A-Z]:\\\w)""")]
    private static partial Regex MachinePath();
}
