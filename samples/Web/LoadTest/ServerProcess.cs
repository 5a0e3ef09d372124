using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace WebSample.LoadTest;

/// <summary>The service, as a process on a port of this machine that nobody else has.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly string _program;
    private readonly string[] _options;
    private Process? _process;

    public ServerProcess(string program, string[] options)
    {
        (_program, _options) = (program, options);
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    public Uri Address { get; }

    /// <summary>Starts it and waits until it is healthy.</summary>
    public async Task StartAsync()
    {
        bool isAssembly = _program.EndsWith(".dll", StringComparison.Ordinal);
        ProcessStartInfo start = new(isAssembly ? "dotnet" : _program);
        if (isAssembly)
            start.ArgumentList.Add(_program);
        start.ArgumentList.Add("--urls");
        start.ArgumentList.Add(Address.ToString());
        foreach (string option in _options)
            start.ArgumentList.Add(option);
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{_program} was not started.");
        using HttpClient client = new() { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        for (int i = 0; i < 200; i++)
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"{_program} ended with {_process.ExitCode}.");
            try
            {
                if (await client.GetStringAsync("/health") == "Healthy")
                    return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(25);
        }

        throw new TimeoutException($"{_program} was not healthy within 5 seconds.");
    }

    /// <summary>Ends it as a crash would.</summary>
    public async Task KillAsync()
    {
        if (_process is null)
            return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync() => await KillAsync();
}
