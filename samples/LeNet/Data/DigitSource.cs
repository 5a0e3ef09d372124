namespace LeNetSample.Data;

/// <summary>Decides where the images come from: what <c>--data</c> says.</summary>
/// <param name="Choice">A folder, or <c>auto</c>, <c>mnist</c> or <c>rendered</c>.</param>
internal sealed record DigitSource(string Choice)
{
    public const string Auto = "auto";
    public const string Mnist = "mnist";
    public const string Rendered = "rendered";

    /// <summary>The environment variable that names a folder of IDX files.</summary>
    public const string FolderVariable = "CNN_DATA";

    /// <summary>Where downloads are kept.</summary>
    public string CacheFolder { get; init; } = DefaultCacheFolder();

    /// <summary>Where MNIST is downloaded from.</summary>
    public IReadOnlyList<Uri> Mirrors { get; init; } = MnistFiles.Mirrors;

    /// <summary>How long a download waits.</summary>
    public DownloadTimeouts Timeouts { get; init; } = new();

    /// <summary>The value of <see cref="FolderVariable"/>.</summary>
    public string? NamedFolder { get; init; } = Environment.GetEnvironmentVariable(FolderVariable);

    /// <summary>Finds, downloads or renders the images.</summary>
    /// <param name="progress">Bytes of MNIST that have been downloaded.</param>
    /// <param name="cancellation">Stops a download; what has arrived stays for the next one.</param>
    /// <exception cref="DataException">The user named data that is not there or is damaged.</exception>
    public async Task<DigitData> LoadAsync(IProgress<long>? progress, CancellationToken cancellation) => Choice switch
    {
        Auto => await LoadBestAsync(progress, cancellation),
        Mnist => await LoadMnistAsync(progress, cancellation),
        Rendered => DigitData.Rendered(reason: null),
        _ => LoadFolder(Choice, $"--data {Choice}"),
    };

    private async Task<DigitData> LoadBestAsync(IProgress<long>? progress, CancellationToken cancellation)
    {
        if (!string.IsNullOrEmpty(NamedFolder))
            return LoadFolder(NamedFolder, $"{FolderVariable}={NamedFolder}");
        try
        {
            return await LoadMnistAsync(progress, cancellation);
        }
        catch (DownloadException exception)
        {
            return DigitData.Rendered(exception.Brief);
        }
    }

    private async Task<DigitData> LoadMnistAsync(IProgress<long>? progress, CancellationToken cancellation)
    {
        try
        {
            if (!MnistFiles.All.All(IsCached))
            {
                using Downloader downloader = new(Mirrors, Timeouts);
                await downloader.DownloadAsync(MnistFiles.All, CacheFolder, progress, cancellation);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DownloadException($"the cache folder '{CacheFolder}' cannot be written", exception.Message, exception);
        }

        DigitData data = IdxFolder.Load(CacheFolder, "Delete the folder, and MNIST is downloaded anew.");
        return data with { Origin = $"MNIST in {CacheFolder}", AccuracyLabel = "on MNIST" };
    }

    /// <summary>Compressed, as it is downloaded, or unpacked by the user.</summary>
    private bool IsCached(RemoteFile file)
    {
        string path = Path.Combine(CacheFolder, file.Name);
        return File.Exists(path) || File.Exists(Path.ChangeExtension(path, null));
    }

    private static DigitData LoadFolder(string folder, string said)
    {
        if (!Directory.Exists(folder))
            throw new DataException($"{said}: there is no such folder. Give a folder of IDX files, or '{Auto}', '{Mnist}' or '{Rendered}'.");
        string found = IdxFolder.Find(folder)
            ?? throw new DataException($"{said}: the folder has no IDX files such as t10k-images-idx3-ubyte.gz. Give the folder that holds them, or '{Auto}', '{Mnist}' or '{Rendered}'.");
        return IdxFolder.Load(found, "Mend the folder or give another.");
    }

    private static string DefaultCacheFolder()
    {
        // By the XDG base directory specification relative paths are to be ignored.
        string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (OperatingSystem.IsWindows() || string.IsNullOrEmpty(cache) || !Path.IsPathRooted(cache))
            cache = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        if (string.IsNullOrEmpty(cache))
            cache = Path.GetTempPath();
        return Path.Combine(cache, "cnn", "mnist");
    }
}
