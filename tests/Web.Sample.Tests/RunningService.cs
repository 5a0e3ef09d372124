using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace WebSample.Tests;

/// <summary>The service on a port of its own in this process, and a client of it.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningService(WebApplication app)
    {
        _app = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Client { get; }

    public static async Task<RunningService> StartAsync(string[]? args = null, Action<IServiceCollection>? services = null)
    {
        WebApplication app = DigitService.Create(["--urls", "http://127.0.0.1:0", .. args ?? []], services);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningService(app);
    }

    public Task<HttpResponseMessage> PostAsync(HttpContent content) => Client.PostAsync("/digits", content, TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> PostAsync(byte[] file) => PostAsync(new ByteArrayContent(file));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
