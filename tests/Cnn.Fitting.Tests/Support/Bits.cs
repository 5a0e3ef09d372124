using Cnn.Data;
using Cnn.Training;

namespace Cnn.Fitting.Tests.Support;

/// <summary>All numbers of a network, to compare trainings with.</summary>
internal static class Bits
{
    public static float[] Of(INetwork network) => [.. network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];

    /// <summary>The parameters after a training of a new <see cref="TinyNetwork"/>.</summary>
    public static float[] After(ImageDataset training, ImageDataset? validation, FitOptions options)
    {
        var network = new TinyNetwork(seed: 1);
        network.Fit(training, validation, options, cancellation: TestContext.Current.CancellationToken);
        return Of(network);
    }
}
