namespace Cnn.Generator.Tests.Harness;

/// <summary>Folders of the repository that the tests were built in: some tests compare what is written there.</summary>
internal static class RepositoryFolder
{
    public const string UpdateVariable = "CNN_UPDATE_GOLDEN";

    /// <summary>Whether what is written there is to be written anew.</summary>
    public static bool IsToBeUpdated => Environment.GetEnvironmentVariable(UpdateVariable) == "1";

    public static string Find(params string[] parts)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Cnn.Gen.sln")))
                return Directory.CreateDirectory(Path.Combine([folder.FullName, .. parts])).FullName;
        }

        throw new InvalidOperationException("Cnn.Gen.sln is in no folder above the tests: run them from a build inside the repository.");
    }
}
