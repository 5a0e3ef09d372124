using System.Diagnostics;
using System.Net;
using System.Text.Json;

namespace WebSample.LoadTest;

/// <summary>So many requests by so many clients, each of which asks again when it has its answer; a bounded number of them, to this machine alone.</summary>
internal sealed class LoadRun(ServerProcess server, IReadOnlyList<DigitFile> files, int requests, int clients, bool kills)
{
    private const int WarmUp = 500;
    private const int Kills = 3;

    /// <summary>How often a request is sent while a killed server is started again.</summary>
    private const int MostAttempts = 1000;

    private readonly TimeSpan[] _times = new TimeSpan[requests];
    private int _next;
    private int _right;
    private int _wrong;
    private int _lost;
    private int _refused;
    private int _interrupted;

    public async Task<LoadResult> RunAsync()
    {
        using HttpClient client = new() { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(30) };
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            for (int i = 0; i < WarmUp / clients; i++)
                await Ask(client, files[i % files.Count]);
        }));
        long start = Stopwatch.GetTimestamp();
        Task killing = kills ? Kill() : Task.CompletedTask;
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Client(client)));
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        await killing;
        Array.Sort(_times);
        return new LoadResult(requests, clients, _right, _wrong, _lost, _refused, _interrupted, time, At(0.5), At(0.99), _times[^1]);
    }

    private TimeSpan At(double part) => _times[(int)(part * (requests - 1))];

    private async Task Kill()
    {
        for (int i = 1; i <= Kills; i++)
        {
            while (Volatile.Read(ref _next) < i * requests / (Kills + 1))
                await Task.Delay(1);
            await server.KillAsync();
            await server.StartAsync();
        }
    }

    private async Task Client(HttpClient client)
    {
        while (Interlocked.Increment(ref _next) - 1 is var index && index < requests)
        {
            DigitFile file = files[index % files.Count];
            for (int attempt = 1; ; attempt++)
            {
                long start = Stopwatch.GetTimestamp();
                DigitAnswer? answer = await Ask(client, file);
                if (answer is null && attempt < MostAttempts)
                {
                    await Task.Delay(10);
                    continue;
                }

                _times[index] = Stopwatch.GetElapsedTime(start);
                bool isRight = answer is not null && answer.Digit == file.Digit && Math.Abs(answer.Probability - file.Probability) < 1e-6f;
                Interlocked.Increment(ref answer is null ? ref _lost : ref isRight ? ref _right : ref _wrong);
                break;
            }
        }
    }

    /// <returns>Null where the server was not there, or had no room.</returns>
    private async Task<DigitAnswer?> Ask(HttpClient client, DigitFile file)
    {
        try
        {
            using ByteArrayContent content = new(file.Png);
            using HttpResponseMessage response = await client.PostAsync("/digits", content);
            string text = await response.Content.ReadAsStringAsync();
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                Interlocked.Increment(ref _refused);
                return null;
            }

            return response.IsSuccessStatusCode
                ? JsonSerializer.Deserialize(text, DigitJson.Default.DigitAnswer)
                : throw new InvalidOperationException($"{(int)response.StatusCode}: {text}");
        }
        catch (Exception exception) when (kills && exception is HttpRequestException or IOException)
        {
            Interlocked.Increment(ref _interrupted);
            return null;
        }
    }
}
