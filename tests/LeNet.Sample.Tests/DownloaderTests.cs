using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using LeNetSample.Data;
using static LeNetSample.Tests.LoopbackServer;

namespace LeNetSample.Tests;

public sealed class DownloaderTests : IDisposable
{
    private static readonly byte[] Content = MakeContent(200_000);
    private static readonly RemoteFile File = new("file.gz", Content.Length, Convert.ToHexStringLower(SHA256.HashData(Content)));

    private static readonly DownloadTimeouts Patient = new()
    {
        Connect = TimeSpan.FromSeconds(10),
        Headers = TimeSpan.FromSeconds(10),
        Stall = TimeSpan.FromSeconds(10),
    };

    private readonly TemporaryFolder _folder = new();

    private string Target => _folder[File.Name];

    private string Part => Target + ".part";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_whole_file_arrives_under_its_name()
    {
        using LoopbackServer server = new(Honest);
        List<long> progress = [];
        await DownloadAsync([server], progress: progress);
        AssertComplete();
        Assert.Equal("/files/file.gz", Assert.Single(server.Requests).Path);
        Assert.Equal(Content.Length, progress[^1]);
        Assert.Equal(progress.Order(), progress);
    }

    [Fact]
    public async Task A_file_that_is_there_is_not_asked_for()
    {
        await System.IO.File.WriteAllBytesAsync(Target, Content, TestContext.Current.CancellationToken);
        using LoopbackServer server = new(Honest);
        await DownloadAsync([server]);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_partial_file_is_resumed_where_it_ends()
    {
        await WritePartAsync(Content[..70_000]);
        using LoopbackServer server = new(Honest);
        await DownloadAsync([server]);
        AssertComplete();
        Assert.Equal(70_000, Assert.Single(server.Requests).RangeFrom);
    }

    [Fact]
    public async Task A_partial_file_that_is_whole_needs_no_request()
    {
        await WritePartAsync(Content);
        using LoopbackServer server = new(Honest);
        await DownloadAsync([server]);
        AssertComplete();
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_partial_file_longer_than_the_published_one_begins_anew()
    {
        await WritePartAsync([.. Content, 1, 2, 3]);
        using LoopbackServer server = new(Honest);
        await DownloadAsync([server]);
        AssertComplete();
        Assert.Null(Assert.Single(server.Requests).RangeFrom);
    }

    [Fact]
    public async Task A_partial_file_with_foreign_content_gets_one_fresh_start()
    {
        await WritePartAsync(new byte[70_000]);
        using LoopbackServer server = new(Honest);
        await DownloadAsync([server]);
        AssertComplete();
        Assert.Equal([70_000, null], server.Requests.Select(request => request.RangeFrom));
    }

    [Fact]
    public async Task A_server_that_ignores_the_range_sends_everything_and_that_is_taken()
    {
        await WritePartAsync(Content[..70_000]);
        using LoopbackServer server = new(_ => new Answer(200, Content));
        await DownloadAsync([server]);
        AssertComplete();
    }

    [Fact]
    public async Task A_server_that_resumes_elsewhere_than_asked_does_not_spoil_the_file()
    {
        await WritePartAsync(Content[..70_000]);
        using LoopbackServer server = new(request => request.RangeFrom is null
            ? new Answer(200, Content)
            : new Answer(206, Content[10..]) { RangeFrom = 10 });
        await Assert.ThrowsAsync<DownloadException>(() => DownloadAsync([server]));
        Assert.False(System.IO.File.Exists(Target));
        await DownloadAsync([server], keepPart: false);
        AssertComplete();
    }

    [Fact]
    public async Task A_server_that_cannot_resume_is_asked_for_the_whole_file()
    {
        await WritePartAsync(Content[..70_000]);
        using LoopbackServer server = new(request => request.RangeFrom is null ? new Answer(200, Content) : new Answer(416, []));
        await DownloadAsync([server]);
        AssertComplete();
    }

    [Fact]
    public async Task A_truncated_answer_is_resumed()
    {
        using LoopbackServer server = new(request => request.RangeFrom is null
            ? new Answer(200, Content[..120_000]) { StatedLength = Content.Length }
            : Honest(request));
        await DownloadAsync([server]);
        AssertComplete();
        Assert.Equal([null, 120_000], server.Requests.Select(request => request.RangeFrom));
    }

    [Fact]
    public async Task A_server_that_only_has_a_shorter_file_is_named_and_what_came_stays()
    {
        using LoopbackServer server = new(request => request.RangeFrom is null ? new Answer(200, Content[..1000]) : new Answer(206, []) { RangeFrom = 1000 });
        DownloadException exception = await Assert.ThrowsAsync<DownloadException>(() => DownloadAsync([server]));
        Assert.Contains("stopped after 1000 of 200000 bytes", exception.Message, StringComparison.Ordinal);
        Assert.Equal(Content[..1000], await System.IO.File.ReadAllBytesAsync(Part, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_wrong_checksum_never_gets_the_files_name()
    {
        using LoopbackServer server = new(_ => new Answer(200, new byte[Content.Length]));
        DownloadException exception = await Assert.ThrowsAsync<DownloadException>(() => DownloadAsync([server]));
        Assert.Contains("another SHA-256", exception.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task A_wrong_checksum_sends_on_to_the_next_mirror()
    {
        using LoopbackServer wrong = new(_ => new Answer(200, new byte[Content.Length]));
        using LoopbackServer right = new(Honest);
        await DownloadAsync([wrong, right]);
        AssertComplete();
        Assert.Single(wrong.Requests);
    }

    [Fact]
    public async Task An_answer_longer_than_the_published_file_is_not_taken()
    {
        using LoopbackServer server = new(_ => new Answer(200, [.. Content, 0]));
        DownloadException exception = await Assert.ThrowsAsync<DownloadException>(() => DownloadAsync([server]));
        Assert.Contains("more than the 200000 bytes", exception.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(403)]
    [InlineData(500)]
    public async Task An_error_status_is_told_and_sends_on_to_the_next_mirror(int status)
    {
        using LoopbackServer without = new(_ => new Answer(status, "<html>no</html>"u8.ToArray()));
        DownloadException exception = await Assert.ThrowsAsync<DownloadException>(() => DownloadAsync([without]));
        Assert.Contains($"{status}", exception.Message, StringComparison.Ordinal);
        Assert.Contains("file.gz", exception.Message, StringComparison.Ordinal);
        using LoopbackServer with = new(Honest);
        await DownloadAsync([without, with]);
        AssertComplete();
    }

    [Fact]
    public async Task A_server_that_never_answers_is_left_after_the_time_out()
    {
        using LoopbackServer silent = new(_ => new Answer(200, Content) { DelayBefore = TimeSpan.FromMinutes(5) });
        DownloadException exception = await Assert.ThrowsAsync<DownloadException>(
            () => DownloadAsync([silent], Patient with { Headers = TimeSpan.FromMilliseconds(300) }));
        Assert.Contains("does not answer in time", exception.Message, StringComparison.Ordinal);
        Assert.InRange(silent.Requests.Count, 0, 1);
    }

    [Fact]
    public async Task A_server_that_stops_in_the_middle_is_asked_again_for_the_rest()
    {
        using LoopbackServer server = new(request => request.RangeFrom is null
            ? new Answer(200, Content[..50_000]) { StatedLength = Content.Length, DelayAfter = TimeSpan.FromMinutes(5) }
            : Honest(request));
        await DownloadAsync([server], Patient with { Stall = TimeSpan.FromSeconds(1) });
        AssertComplete();
        Assert.Equal([null, 50_000], server.Requests.Select(request => request.RangeFrom));
    }

    [Fact]
    public async Task Nobody_listening_is_one_clear_exception()
    {
        Uri nobody = NobodyListens();
        using Downloader downloader = new([nobody], Patient);
        DownloadException exception = await Assert.ThrowsAsync<DownloadException>(
            () => downloader.DownloadAsync([File, File with { Name = "other.gz" }], _folder.Path, null, TestContext.Current.CancellationToken));
        Assert.Contains(nobody.ToString(), exception.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task A_mirror_that_is_not_there_is_not_asked_for_the_second_file()
    {
        using LoopbackServer server = new(Honest);
        using Downloader downloader = new([NobodyListens(), server.Address], Patient);
        await downloader.DownloadAsync([File, File with { Name = "other.gz" }], _folder.Path, null, TestContext.Current.CancellationToken);
        AssertComplete();
        Assert.Equal(Content, await System.IO.File.ReadAllBytesAsync(_folder["other.gz"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_cancelled_download_stops_at_once_and_keeps_what_came()
    {
        using LoopbackServer server = new(_ => new Answer(200, Content[..50_000]) { StatedLength = Content.Length, DelayAfter = TimeSpan.FromMinutes(5) });
        using CancellationTokenSource cancellation = new();
        using Downloader downloader = new([server.Address], Patient);
        CancelAt progress = new(cancellation, 50_000);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => downloader.DownloadAsync([File], _folder.Path, progress, cancellation.Token));
        Assert.Equal(50_000, new FileInfo(Part).Length);
        Assert.False(System.IO.File.Exists(Target));
    }

    private static Answer Honest(Request request) => request.RangeFrom is { } from
        ? new Answer(206, Content[(int)from..]) { RangeFrom = from }
        : new Answer(200, Content);

    private static byte[] MakeContent(int length)
    {
        byte[] content = new byte[length];
        new Random(1).NextBytes(content);
        return content;
    }

    private static Uri NobodyListens()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }

    private async Task DownloadAsync(LoopbackServer[] servers, DownloadTimeouts? timeouts = null, List<long>? progress = null, bool keepPart = true)
    {
        if (!keepPart)
            System.IO.File.Delete(Part);
        using Downloader downloader = new(Array.ConvertAll(servers, server => server.Address), timeouts ?? Patient);
        await downloader.DownloadAsync([File], _folder.Path, progress is null ? null : new Recorder(progress), TestContext.Current.CancellationToken);
    }

    private Task WritePartAsync(byte[] content) => System.IO.File.WriteAllBytesAsync(Part, content, TestContext.Current.CancellationToken);

    private void AssertComplete()
    {
        Assert.Equal(Content, System.IO.File.ReadAllBytes(Target));
        Assert.False(System.IO.File.Exists(Part));
    }

    private sealed class Recorder(List<long> reports) : IProgress<long>
    {
        public void Report(long value) => reports.Add(value);
    }

    private sealed class CancelAt(CancellationTokenSource cancellation, long bytes) : IProgress<long>
    {
        public void Report(long value)
        {
            if (value >= bytes)
                cancellation.Cancel();
        }
    }
}
