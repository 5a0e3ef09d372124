using Cnn.Architecture.Tests.Support;

namespace Cnn.Architecture.Tests;

/// <summary>A package tells what it is by itself.</summary>
public sealed class PackageReadmeTests
{
    public static TheoryData<string> Packages =>
        [.. Repository.Files("src", "*.csproj").Where(static file => file.Split('/').Length == 3 && IsPacked(Repository.Read(file)))];

    private static bool IsPacked(string project) => !project.Contains("<IsPackable>false", StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_has_a_readme_that_begins_with_its_name(string project)
    {
        string readme = Repository.Read(Path.GetDirectoryName(project) + "/README.md");
        string text = Repository.Read(project);
        string id = text.Split("<PackageId>") is [_, var rest] ? rest.Split('<')[0] : Path.GetFileNameWithoutExtension(project);
        Assert.StartsWith($"# {id}\n", readme, StringComparison.Ordinal);
        Assert.Contains("](../../docs/", readme, StringComparison.Ordinal);
    }
}
