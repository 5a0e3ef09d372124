using System.Diagnostics.Metrics;
using Cnn;
using Cnn.Serving;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Pools of predictors among the services of a program.</summary>
public static class PredictorServices
{
    /// <summary>
    /// Adds a <see cref="PredictorPool{TNetwork}"/> of a network with weights from a file, as a singleton. The file is read when the pool is first
    /// asked for.
    /// </summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="services">The program's services.</param>
    /// <param name="path">What <c>network.Save</c> wrote.</param>
    /// <param name="options">Workers, waiting, batches; null for the defaults.</param>
    public static IServiceCollection AddPredictor<TNetwork>(this IServiceCollection services, string path, PredictorPoolOptions? options = null)
        where TNetwork : INetwork<TNetwork>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return services.AddPredictor<TNetwork>(predictor =>
        {
            using FileStream file = File.OpenRead(path);
            return TNetwork.Load(file).CreatePredictor(predictor);
        }, options);
    }

    /// <summary>Adds a <see cref="PredictorPool{TNetwork}"/> of predictors that a function makes, as a singleton.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="services">The program's services.</param>
    /// <param name="create">
    /// Makes the first predictor with the options that it is given, as <c>LeNet.CreatePretrained</c> does with the weights inside an assembly. It is
    /// called when the pool is first asked for.
    /// </param>
    /// <param name="options">Workers, waiting, batches; null for the defaults.</param>
    public static IServiceCollection AddPredictor<TNetwork>(
        this IServiceCollection services, Func<PredictorOptions, IPredictor> create, PredictorPoolOptions? options = null)
        where TNetwork : INetwork
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(create);
        options?.Check();
        services.TryAddSingleton(provider => new PredictorPool<TNetwork>(create, options, provider.GetService<IMeterFactory>()));
        return services;
    }

    /// <summary>
    /// Adds a check that a pool predicts: an input of zeros, through its queue. A full queue is degraded, and what cannot predict is unhealthy.
    /// </summary>
    /// <typeparam name="TNetwork">The network, which <c>AddPredictor</c> added.</typeparam>
    /// <param name="builder">What <c>services.AddHealthChecks()</c> gives.</param>
    /// <param name="name">The check's name; null for the network's.</param>
    /// <param name="failureStatus">What a failure is; null for unhealthy.</param>
    /// <param name="tags">For choosing checks.</param>
    /// <param name="timeout">How long it may take; null for no limit.</param>
    public static IHealthChecksBuilder AddPredictor<TNetwork>(
        this IHealthChecksBuilder builder, string? name = null, HealthStatus? failureStatus = null, IEnumerable<string>? tags = null, TimeSpan? timeout = null)
        where TNetwork : INetwork
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name ?? typeof(TNetwork).Name, provider => new PredictorHealthCheck<TNetwork>(provider), failureStatus, tags, timeout));
    }
}
