namespace Cnn.Architecture.Tests.Support;

/// <summary>The files of the repository that the tests were built in.</summary>
internal static class Repository
{
    private static readonly string[] BuildFolders = ["bin", "obj", "artifacts", "TestResults", "node_modules", ".git", ".vs", ".idea"];

    /// <summary>The folder of the solution, found from the test's own folder upwards.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Files under a folder as paths from the root with forward slashes, in ordinal order; nothing that a build makes.</summary>
    /// <param name="folder">From the root; empty for all of it.</param>
    /// <param name="pattern">Such as <c>*.cs</c>.</param>
    public static IReadOnlyList<string> Files(string folder, string pattern)
    {
        List<string> files = [];
        Collect(new DirectoryInfo(Path.Combine(Root, folder)), pattern, files);
        return [.. files.Order(StringComparer.Ordinal)];
    }

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static void Collect(DirectoryInfo folder, string pattern, List<string> files)
    {
        if (!folder.Exists || BuildFolders.Contains(folder.Name))
            return;
        files.AddRange(folder.EnumerateFiles(pattern).Select(file => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/')));
        foreach (DirectoryInfo inner in folder.EnumerateDirectories())
            Collect(inner, pattern, files);
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Cnn.Gen.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("Cnn.Gen.sln is in no folder above the tests: run them from a build inside the repository.");
    }
}
