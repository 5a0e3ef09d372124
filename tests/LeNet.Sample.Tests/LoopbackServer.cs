using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LeNetSample.Tests;

/// <summary>A web server on this machine that answers each request by a script, also in ways in which no decent server would.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Request, Answer> _script;

    public LoopbackServer(Func<Request, Answer> script)
    {
        _script = script;
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Ends in a slash, as a mirror does.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/files/");

    /// <summary>What has been asked for, in order.</summary>
    public ConcurrentQueue<Request> Requests { get; } = new();

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = AnswerAsync(client, _stop.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The server has been stopped.
        }
    }

    private async Task AnswerAsync(TcpClient client, CancellationToken stop)
    {
        try
        {
            using (client)
            {
                NetworkStream stream = client.GetStream();
                Request request = await ReadAsync(stream, stop);
                Requests.Enqueue(request);
                Answer answer = _script(request);
                await Task.Delay(answer.DelayBefore, stop);
                string range = answer.Status == 206 ? $"Content-Range: bytes {answer.RangeFrom}-{answer.RangeFrom + answer.Content.Length - 1}/*\r\n" : "";
                string head =
                    $"HTTP/1.1 {answer.Status} Scripted\r\nContent-Length: {answer.StatedLength ?? answer.Content.Length}\r\n{range}Connection: close\r\n\r\n";
                await stream.WriteAsync(Encoding.ASCII.GetBytes(head), stop);
                await stream.WriteAsync(answer.Content, stop);
                await stream.FlushAsync(stop);
                await Task.Delay(answer.DelayAfter, stop);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client went away, or the server has been stopped.
        }
    }

    private static async Task<Request> ReadAsync(Stream stream, CancellationToken stop)
    {
        using StreamReader reader = new(stream, Encoding.ASCII, leaveOpen: true);
        string path = (await reader.ReadLineAsync(stop))!.Split(' ')[1];
        long? from = null;
        while (await reader.ReadLineAsync(stop) is { Length: > 0 } line)
        {
            if (line.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase))
                from = long.Parse(line["Range: bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
        }

        return new Request(path, from);
    }

    /// <summary>What a client asks for.</summary>
    internal sealed record Request(string Path, long? RangeFrom);

    /// <summary>What the server does.</summary>
    internal sealed record Answer(int Status, byte[] Content)
    {
        public long RangeFrom { get; init; }

        /// <summary>The length in the header, where it is not that of the content.</summary>
        public long? StatedLength { get; init; }

        public TimeSpan DelayBefore { get; init; }

        /// <summary>How long the connection stays open after the content.</summary>
        public TimeSpan DelayAfter { get; init; }
    }
}
