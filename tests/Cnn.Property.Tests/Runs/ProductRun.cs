using System.Globalization;

namespace Cnn.Property.Tests.Runs;

/// <summary>A case answered by the generated network.</summary>
internal static class ProductRun
{
    /// <summary>Capacities of predictors; the last call of one that does not divide the images gets fewer.</summary>
    public static IReadOnlyList<int> PredictionBatches { get; } = [1, 3, NetworkCase.Images];

    public static string Predicted(int batch) => string.Create(CultureInfo.InvariantCulture, $"predicted {batch} at a time");

    /// <summary>How many of the images are traced, one after the other.</summary>
    public const int TracedImages = 2;

    public static string Traced(string layer) => $"traced {layer}";

    /// <param name="network">New, with any parameters.</param>
    /// <param name="given">Its case.</param>
    /// <param name="threads">Of trainer and predictors.</param>
    public static Dictionary<string, float[]> Run(INetwork network, NetworkCase given, int threads)
    {
        foreach (Parameter parameter in network.Parameters)
            given.Parameters[parameter.Name].CopyTo(parameter.Values);
        Dictionary<string, float[]> results = [];
        foreach (int size in PredictionBatches)
            results.Add(Predicted(size), Predict(network, given, size, threads));
        Trace(network, given, results);
        TrainerOptions options = new() { BatchSize = NetworkCase.Images, InputGradients = true, Threads = threads };
        using (ITrainer trainer = network.CreateTrainer(new Sgd(NetworkCase.LearningRate), given.Loss.Create(), options))
        {
            foreach (int size in given.TrainingBatches)
                Train(network, trainer, given, size, results);
            trainer.Update();
        }

        foreach (Parameter parameter in network.Parameters)
            results.Add("after " + parameter.Name, parameter.Values.ToArray());
        return results;
    }

    private static float[] Predict(INetwork network, NetworkCase given, int size, int threads)
    {
        float[] outputs = new float[NetworkCase.Images * network.OutputLength];
        using IPredictor predictor = network.CreatePredictor(new PredictorOptions { BatchSize = size, Threads = threads });
        for (int image = 0; image < NetworkCase.Images; image += size)
        {
            int images = Math.Min(size, NetworkCase.Images - image);
            predictor.Predict(
                given.Inputs.AsSpan(image * network.InputLength, images * network.InputLength),
                outputs.AsSpan(image * network.OutputLength, images * network.OutputLength));
        }

        return outputs;
    }

    /// <summary>Layers that the output depends on; the oracle computes no others.</summary>
    private static void Trace(INetwork network, NetworkCase given, Dictionary<string, float[]> results)
    {
        using IPredictor predictor = network.CreatePredictor();
        ActivationTrace[] traces =
            [.. Enumerable.Range(0, TracedImages).Select(image => predictor.Trace(given.Inputs.AsSpan(image * network.InputLength, network.InputLength)))];
        Assert.Equal(network.Summary.Layers.Select(layer => layer.Name), traces[0].Select(activation => activation.Layer));
        foreach (string layer in given.Description.Live.Select(live => given.Description.Placed[live].Name))
            results.Add(Traced(layer), [.. traces.SelectMany(trace => trace[layer].Values.ToArray())]);
    }

    private static void Train(INetwork network, ITrainer trainer, NetworkCase given, int size, Dictionary<string, float[]> results)
    {
        ReadOnlySpan<float> inputs = given.Inputs.AsSpan(0, size * network.InputLength);
        float[] targets = given.Targets[..(size * given.Targets.Length / NetworkCase.Images)];
        float loss = given.Loss.TakesLabels
            ? trainer.ForwardBackward(inputs, Array.ConvertAll(targets, label => (int)label))
            : trainer.ForwardBackward(inputs, targets);
        string batch = size.ToString(CultureInfo.InvariantCulture);
        results.Add($"training on {batch}: outputs", trainer.Outputs.ToArray());
        results.Add($"training on {batch}: loss", [loss]);
        results.Add($"training on {batch}: gradient of the input", trainer.InputGradients.ToArray());
        foreach (Parameter parameter in network.Parameters.Where(parameter => parameter.IsTrainable))
            results.Add($"training on {batch}: gradient of {parameter.Name}", trainer.Gradient(parameter.Name).ToArray());
    }
}
