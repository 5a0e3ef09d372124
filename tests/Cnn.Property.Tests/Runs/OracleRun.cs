using System.Globalization;
using Cnn.Property.Tests.Oracle;

namespace Cnn.Property.Tests.Runs;

/// <summary>A case answered by the oracle.</summary>
internal static class OracleRun
{
    /// <returns>The answers by name, or null if one of them is not sure in single precision.</returns>
    public static Dictionary<string, double[]>? TryRun(NetworkCase given)
    {
        OracleNetwork network = new(given.Description);
        network.Load(given.Parameters);
        Dictionary<string, double[]> results = [];
        double[] outputs = network.Predict(Batch(given, NetworkCase.Images)).Values;
        foreach (int size in ProductRun.PredictionBatches)
            results.Add(ProductRun.Predicted(size), outputs);
        foreach ((string layer, FeatureMap output) in network.Trace(Batch(given, ProductRun.TracedImages)))
            results.Add(ProductRun.Traced(layer), output.Values);
        foreach (int size in given.TrainingBatches)
        {
            if (network.Doubts.Any)
                return null;
            Train(network, given, size, results);
        }

        network.Descend(NetworkCase.LearningRate);
        foreach (OracleParameter parameter in network.Parameters)
            results.Add("after " + parameter.Name, parameter.Values);
        return network.Doubts.Any ? null : results;
    }

    private static void Train(OracleNetwork network, NetworkCase given, int size, Dictionary<string, double[]> results)
    {
        double[] targets = Array.ConvertAll(given.Targets, value => (double)value);
        (FeatureMap outputs, double loss, FeatureMap inputGradients) = network.Train(
            Batch(given, size), (last, doubts) => given.Loss.Evaluate(last, targets.AsSpan(0, size * targets.Length / NetworkCase.Images), doubts));
        string batch = size.ToString(CultureInfo.InvariantCulture);
        results.Add($"training on {batch}: outputs", outputs.Values);
        results.Add($"training on {batch}: loss", [loss]);
        results.Add($"training on {batch}: gradient of the input", inputGradients.Values);
        foreach (OracleParameter parameter in network.Parameters.Where(parameter => parameter.IsTrainable))
            results.Add($"training on {batch}: gradient of {parameter.Name}", [.. parameter.Gradients]);
    }

    private static FeatureMap Batch(NetworkCase given, int images) =>
        new(images, given.Description.InputShape, Array.ConvertAll(given.Inputs[..(images * given.Description.InputShape.Length)], value => (double)value));
}
