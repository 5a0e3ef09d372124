namespace Cnn.Onnx.Tests.Support;

/// <summary>Files of the repository that tests hold to what the code does.</summary>
internal static class RepositoryFolder
{
    public const string UpdateVariable = "CNN_UPDATE_GOLDEN";

    /// <summary>Whether such files are to be written anew.</summary>
    public static bool IsToBeUpdated => Environment.GetEnvironmentVariable(UpdateVariable) == "1";

    public static string Find(params string[] parts)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Cnn.Gen.sln")))
                return Path.Combine([folder.FullName, .. parts]);
        }

        throw new InvalidOperationException("Cnn.Gen.sln is in no folder above the tests: run them from a build inside the repository.");
    }
}
