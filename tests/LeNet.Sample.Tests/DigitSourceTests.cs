using LeNetSample.Data;

namespace LeNetSample.Tests;

public sealed class DigitSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_named_folder_is_used_and_stands_beside_the_accuracy()
    {
        IdxFiles.Write(_folder["digits"], 30, 20);
        DigitData data = await LoadAsync(Source(_folder["digits"]));
        Assert.Equal((30, 20), (data.Train.Count, data.Test.Count));
        Assert.Equal("on digits", data.AccuracyLabel);
        Assert.Null(data.Notice);
    }

    [Fact]
    public async Task The_environment_names_a_folder_for_auto_also_the_one_above()
    {
        IdxFiles.Write(_folder["mnist"], 30, 20);
        DigitData data = await LoadAsync(Source(DigitSource.Auto) with { NamedFolder = _folder.Path });
        Assert.Equal(30, data.Train.Count);
        Assert.Equal("on mnist", data.AccuracyLabel);
    }

    [Fact]
    public async Task An_option_comes_before_the_environment()
    {
        IdxFiles.Write(_folder["one"], 30, 20);
        IdxFiles.Write(_folder["two"], 40, 20);
        DigitData data = await LoadAsync(Source(_folder["two"]) with { NamedFolder = _folder["one"] });
        Assert.Equal(40, data.Train.Count);
    }

    [Fact]
    public async Task A_filled_cache_needs_no_network()
    {
        IdxFiles.Write(_folder["cache"], 30, 20);
        DigitData data = await LoadAsync(Source(DigitSource.Auto));
        Assert.Equal("on MNIST", data.AccuracyLabel);
    }

    [Fact]
    public async Task Without_network_auto_renders_digits_and_says_what_they_are_and_why()
    {
        DigitData data = await LoadAsync(Source(DigitSource.Auto));
        Assert.Contains("NOT MNIST", data.Notice, StringComparison.Ordinal);
        Assert.Contains("t10k-labels-idx1-ubyte.gz cannot be downloaded", data.Notice, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\n|://", data.Notice);
        Assert.Contains("NOT MNIST", data.AccuracyLabel, StringComparison.Ordinal);
        Assert.Contains("not MNIST", data.Origin, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_network_asking_for_mnist_fails() =>
        await Assert.ThrowsAsync<DownloadException>(() => LoadAsync(Source(DigitSource.Mnist)));

    [Fact]
    public async Task A_cache_that_cannot_be_made_does_not_keep_auto_from_working()
    {
        await File.WriteAllTextAsync(_folder["file"], "", TestContext.Current.CancellationToken);
        DigitData data = await LoadAsync(Source(DigitSource.Auto) with { CacheFolder = _folder["file"] });
        Assert.Contains("cache folder", data.Notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mirrors_that_swallow_everything_cost_auto_less_than_five_seconds()
    {
        DigitSource source = Source(DigitSource.Mnist) with
        {
            Mirrors = [new Uri("http://192.0.2.1/"), new Uri("http://192.0.2.2/")],
            Timeouts = new DownloadTimeouts(),
        };
        long began = Environment.TickCount64;
        await Assert.ThrowsAsync<DownloadException>(() => LoadAsync(source));
        Assert.InRange(Environment.TickCount64 - began, 0, 5000);
    }

    [Theory]
    [InlineData("nowhere", "there is no such folder")]
    [InlineData("empty", "has no IDX files")]
    [InlineData("half", "one of them is needed")]
    [InlineData("damaged", "Mend the folder")]
    public async Task A_folder_without_good_data_is_told_with_what_to_do(string name, string reason)
    {
        Directory.CreateDirectory(_folder["empty"]);
        IdxFiles.Write(_folder["half"], 30, 20);
        File.Delete(Path.Combine(_folder["half"], "train-labels-idx1-ubyte"));
        IdxFiles.Write(_folder["damaged"], 30, 20);
        await File.WriteAllTextAsync(Path.Combine(_folder["damaged"], "t10k-images-idx3-ubyte"), "no images", TestContext.Current.CancellationToken);
        DataException exception = await Assert.ThrowsAsync<DataException>(() => LoadAsync(Source(_folder[name])));
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.Contains(_folder[name], exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Real_mnist_is_complete()
    {
        string? folder = Environment.GetEnvironmentVariable(DigitSource.FolderVariable);
        if (string.IsNullOrEmpty(folder))
            Assert.Skip($"{DigitSource.FolderVariable} names no folder with MNIST's files.");
        DigitData data = await LoadAsync(Source(folder));
        Assert.Equal((60_000, 10_000), (data.Train.Count, data.Test.Count));
    }

    private static Task<DigitData> LoadAsync(DigitSource source) => source.LoadAsync(null, TestContext.Current.CancellationToken);

    /// <summary>Nothing listens at the mirror, so that no test reaches the network.</summary>
    private DigitSource Source(string choice) => new(choice)
    {
        CacheFolder = _folder["cache"],
        Mirrors = [new Uri("http://127.0.0.1:9/")],
        NamedFolder = null,
    };
}
