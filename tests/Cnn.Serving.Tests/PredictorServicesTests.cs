using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cnn.Serving.Tests;

public sealed class PredictorServicesTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_network_of_a_file_is_a_service()
    {
        Points network = new(seed: 3);
        network.Save(_file);
        await using ServiceProvider provider = new ServiceCollection().AddPredictor<Points>(_file, new() { Workers = 2 }).BuildServiceProvider();
        PredictorPool<Points> pool = provider.GetRequiredService<PredictorPool<Points>>();
        Assert.Same(pool, provider.GetRequiredService<PredictorPool<Points>>());
        using IPredictor predictor = network.CreatePredictor();
        Assert.Equal(predictor.Classify([1, -2, 3]), await pool.ClassifyAsync(new float[] { 1, -2, 3 }, Cancellation));
    }

    [Fact]
    public async Task A_pool_that_predicts_is_healthy()
    {
        HealthReport report = await Report(services => services.AddPredictor<Points>(new Points().CreatePredictor));
        Assert.Equal(HealthStatus.Healthy, report.Status);
        Assert.Equal(0, report.Entries["Points"].Data["waiting"]);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_unhealthy()
    {
        HealthReport report = await Report(services => services.AddPredictor<Points>("/no/such/file.safetensors"));
        Assert.Equal(HealthStatus.Unhealthy, report.Status);
    }

    [Fact]
    public async Task Outputs_that_are_not_finite_are_unhealthy()
    {
        Points network = new();
        network.Parameters["linear2.bias"].Values[0] = float.PositiveInfinity;
        HealthReport report = await Report(services => services.AddPredictor<Points>(network.CreatePredictor));
        Assert.Equal(HealthStatus.Unhealthy, report.Status);
    }

    [Fact]
    public async Task A_full_queue_is_degraded()
    {
        GatedPredictor? gated = null;
        ServiceCollection services = Services(all =>
            all.AddPredictor<Points>(options => gated = new GatedPredictor(options), new() { Workers = 1, QueueLength = 1 }));
        await using ServiceProvider provider = services.BuildServiceProvider();
        PredictorPool<Points> pool = provider.GetRequiredService<PredictorPool<Points>>();
        gated!.Gate.Reset();
        Task running = pool.PredictAsync(new float[3], new float[3], Cancellation);
        await gated.Entered.WaitAsync(Cancellation);
        Task waiting = pool.PredictAsync(new float[3], new float[3], Cancellation);
        HealthReport report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancellation);
        Assert.Equal(HealthStatus.Degraded, report.Status);
        gated.Gate.Set();
        await Task.WhenAll(running, waiting);
    }

    [Fact]
    public async Task A_meter_counts_requests_by_their_outcome()
    {
        List<(string Name, object? Outcome)> counted = [];
        using MeterListener listener = new();
        using PredictorPool<Points> pool = new(options => new GatedPredictor(options), new() { Workers = 1 });
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (instrument.Meter.Name == PredictorPoolMeter.Name)
                to.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) =>
        {
            lock (counted)
                counted.Add((instrument.Name, tags.ToArray().First(tag => tag.Key == "outcome").Value));
        });
        listener.Start();
        await pool.PredictAsync(new float[3], new float[3], Cancellation);
        await Assert.ThrowsAsync<InvalidOperationException>(() => pool.PredictAsync(new float[] { -1, 0, 0 }, new float[3], Cancellation));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pool.PredictAsync(new float[3], new float[3], new CancellationToken(true)));
        lock (counted)
        {
            Assert.Contains(("cnn.serving.predictions", "ok"), counted);
            Assert.Contains(("cnn.serving.predictions", "failed"), counted);
            Assert.Contains(("cnn.serving.predictions", "cancelled"), counted);
        }
    }

    public void Dispose() => File.Delete(_file);

    private static ServiceCollection Services(Action<IServiceCollection> add)
    {
        ServiceCollection services = new();
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        add(services);
        services.AddHealthChecks().AddPredictor<Points>();
        return services;
    }

    private static async Task<HealthReport> Report(Action<IServiceCollection> add)
    {
        await using ServiceProvider provider = Services(add).BuildServiceProvider();
        return await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancellation);
    }
}
