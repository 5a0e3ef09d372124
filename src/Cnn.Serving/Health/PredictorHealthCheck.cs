using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cnn.Serving;

/// <summary>Whether a pool answers: it predicts an input of zeros, through the queue, as a request does.</summary>
/// <param name="services">Where the pool is; if it cannot be made, that is an answer too.</param>
internal sealed class PredictorHealthCheck<TNetwork>(IServiceProvider services) : IHealthCheck
    where TNetwork : INetwork
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            PredictorPool<TNetwork> pool = services.GetRequiredService<PredictorPool<TNetwork>>();
            float[] outputs = new float[pool.OutputLength];
            await pool.PredictAsync(new float[pool.InputLength], outputs, cancellationToken).ConfigureAwait(false);
            Dictionary<string, object> data = new(StringComparer.Ordinal) { ["waiting"] = pool.Waiting, ["workers"] = pool.Workers };
            return Array.TrueForAll(outputs, float.IsFinite)
                ? HealthCheckResult.Healthy("It predicts.", data)
                : new HealthCheckResult(
                    context.Registration.FailureStatus, "An input of zeros gives outputs that are not finite: the weights are wrong.", null, data);
        }
        catch (PredictorPoolFullException exception)
        {
            return HealthCheckResult.Degraded(exception.Message);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, exception.Message, exception);
        }
    }
}
