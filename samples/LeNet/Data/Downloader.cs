using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace LeNetSample.Data;

/// <summary>
/// Downloads files that are known by length and SHA-256. What has arrived stays in a <c>.part</c> file, and the next attempt, also at
/// another mirror or in another process, goes on from there. A file gets its name only when its checksum is right.
/// </summary>
internal sealed class Downloader : IDisposable
{
    private const int AttemptsPerMirror = 3;
    private const int BufferLength = 64 * 1024;

    private readonly IReadOnlyList<Uri> _mirrors;
    private readonly DownloadTimeouts _timeouts;
    private readonly HttpClient _client;

    public Downloader(IReadOnlyList<Uri> mirrors, DownloadTimeouts? timeouts = null)
    {
        _mirrors = mirrors;
        _timeouts = timeouts ?? new DownloadTimeouts();
        // Each phase has its own limit, so there is none for the whole: a slow line may take as long as it needs.
        _client = new HttpClient(new SocketsHttpHandler { ConnectTimeout = _timeouts.Connect }) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Downloads what a folder lacks.</summary>
    /// <param name="files">What is needed.</param>
    /// <param name="folder">Made if it is not there.</param>
    /// <param name="progress">Bytes that are there, of all files together.</param>
    /// <param name="cancellation">Stops at once; what has arrived stays.</param>
    /// <exception cref="DownloadException">A file is to be had at no mirror.</exception>
    public async Task DownloadAsync(IReadOnlyList<RemoteFile> files, string folder, IProgress<long>? progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        HashSet<Uri> dead = [];
        long before = 0;
        foreach (RemoteFile file in files)
        {
            string path = Path.Combine(folder, file.Name);
            if (!File.Exists(path))
                await DownloadAsync(file, path, dead, new Offset(progress, before), cancellation);
            before += file.Length;
            progress?.Report(before);
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task DownloadAsync(RemoteFile file, string path, HashSet<Uri> dead, Offset progress, CancellationToken cancellation)
    {
        List<string> reasons = [];
        Exception? last = null;
        foreach (Uri mirror in _mirrors.Where(mirror => !dead.Contains(mirror)))
        {
            Uri address = new(mirror, file.Name);
            for (int attempt = 1; attempt <= AttemptsPerMirror; attempt++)
            {
                AttemptResult result = await AttemptAsync(file, address, path, progress, cancellation);
                if (result.Failure is null)
                    return;
                last = result.Cause;
                if (result.Next == NextStep.TryAgain && attempt < AttemptsPerMirror)
                    continue;
                reasons.Add($"{address}: {result.Failure}");
                if (result.Next == NextStep.LeaveMirror)
                    dead.Add(mirror);
                break;
            }
        }

        string why = reasons.Count > 0 ? string.Join("; ", reasons) : "no mirror answers";
        throw new DownloadException($"{file.Name} cannot be downloaded", why, last);
    }

    private async Task<AttemptResult> AttemptAsync(RemoteFile file, Uri address, string path, Offset progress, CancellationToken cancellation)
    {
        string part = path + ".part";
        try
        {
            return await AttemptAsync(file, address, path, part, progress, cancellation);
        }
        finally
        {
            if (new FileInfo(part) is { Exists: true, Length: 0 })
                File.Delete(part);
        }
    }

    private async Task<AttemptResult> AttemptAsync(
        RemoteFile file, Uri address, string path, string part, Offset progress, CancellationToken cancellation)
    {
        await using FileStream stream = new(part, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, BufferLength, useAsync: true);
        if (stream.Length > file.Length)
            stream.SetLength(0);
        bool resumed = stream.Length > 0;
        if (stream.Length < file.Length)
        {
            AttemptResult transfer = await TransferAsync(file, address, stream, progress, cancellation);
            if (transfer.Failure is not null)
                return transfer;
        }

        if (!await HasChecksumAsync(stream, file.Sha256, cancellation))
        {
            // What was resumed may have begun with another mirror's content or a crash's garbage, so it gets one fresh start.
            stream.SetLength(0);
            return new AttemptResult("the content has another SHA-256 than the published one", resumed ? NextStep.TryAgain : NextStep.NextMirror);
        }

        stream.Close();
        File.Move(part, path, overwrite: true);
        return default;
    }

    /// <summary>Asks for what is missing and appends it.</summary>
    private async Task<AttemptResult> TransferAsync(RemoteFile file, Uri address, FileStream stream, Offset progress, CancellationToken cancellation)
    {
        HttpResponseMessage response;
        try
        {
            response = await RequestAsync(address, stream.Length, cancellation);
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            return new AttemptResult("the server does not answer in time", NextStep.LeaveMirror, exception);
        }
        catch (HttpRequestException exception)
        {
            return new AttemptResult(exception.Message, NextStep.LeaveMirror, exception);
        }

        using (response)
        {
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && stream.Length > 0)
            {
                stream.SetLength(0);
                return new AttemptResult("the server cannot resume", NextStep.TryAgain);
            }

            if (!response.IsSuccessStatusCode)
                return new AttemptResult($"the server answers {(int)response.StatusCode} {response.ReasonPhrase}", NextStep.NextMirror);
            if (!Resumes(response, stream.Length))
                stream.SetLength(0);
            return await ReceiveAsync(response, stream, file.Length, progress, cancellation);
        }
    }

    private async Task<HttpResponseMessage> RequestAsync(Uri address, long from, CancellationToken cancellation)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, address);
        if (from > 0)
            request.Headers.Range = new RangeHeaderValue(from, null);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_timeouts.Headers);
        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
    }

    private static bool Resumes(HttpResponseMessage response, long from) =>
        from > 0 && response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == from;

    /// <summary>Appends the content; success when the file then has its full length.</summary>
    private async Task<AttemptResult> ReceiveAsync(
        HttpResponseMessage response, FileStream stream, long length, Offset progress, CancellationToken cancellation)
    {
        stream.Seek(0, SeekOrigin.End);
        await using Stream content = await response.Content.ReadAsStreamAsync(cancellation);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        byte[] buffer = new byte[BufferLength];
        while (true)
        {
            int read;
            try
            {
                limit.CancelAfter(_timeouts.Stall);
                read = await content.ReadAsync(buffer, limit.Token);
            }
            catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
            {
                return new AttemptResult($"the server stopped sending after {stream.Length} of {length} bytes", NextStep.TryAgain, exception);
            }
            catch (IOException exception)
            {
                return new AttemptResult($"the connection broke after {stream.Length} of {length} bytes: {exception.Message}", NextStep.TryAgain, exception);
            }

            if (read == 0)
                break;
            if (stream.Length + read > length)
            {
                stream.SetLength(0);
                return new AttemptResult($"the server sends more than the {length} bytes of the published file", NextStep.NextMirror);
            }

            // Flushed piece by piece, so that a program that is killed finds them next time.
            await stream.WriteAsync(buffer.AsMemory(0, read), cancellation);
            await stream.FlushAsync(cancellation);
            progress.Report(stream.Length);
        }

        return stream.Length == length
            ? default
            : new AttemptResult($"the server stopped after {stream.Length} of {length} bytes", NextStep.TryAgain);
    }

    private static async Task<bool> HasChecksumAsync(FileStream stream, string sha256, CancellationToken cancellation)
    {
        stream.Position = 0;
        byte[] hash = await SHA256.HashDataAsync(stream, cancellation);
        return Convert.ToHexStringLower(hash) == sha256;
    }

    private enum NextStep
    {
        TryAgain,
        NextMirror,

        /// <summary>Nothing is to be had there, not even another file.</summary>
        LeaveMirror,
    }

    /// <summary>How an attempt went; a null failure is success.</summary>
    private readonly record struct AttemptResult(string? Failure, NextStep Next, Exception? Cause = null);

    /// <summary>Adds the files that are complete to the bytes of the one that is not.</summary>
    private readonly record struct Offset(IProgress<long>? Target, long Before)
    {
        public void Report(long bytes) => Target?.Report(Before + bytes);
    }
}
