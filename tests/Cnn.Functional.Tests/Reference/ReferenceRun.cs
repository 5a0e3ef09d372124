namespace Cnn.Reference;

/// <summary>A case run by a network: everything that the vectors hold, under the same names.</summary>
internal static class ReferenceRun
{
    /// <summary>Runs all steps of a case.</summary>
    /// <param name="reference">The case.</param>
    /// <param name="vectors">Where it starts from, and its data.</param>
    /// <param name="threads">Of trainer and predictors.</param>
    /// <param name="oneByOne">Whether predictors get the images one by one.</param>
    public static Dictionary<string, float[]> Run(ReferenceCase reference, ReferenceVectors vectors, int threads, bool oneByOne)
    {
        INetwork network = reference.Create();
        vectors.SetParameters(network);
        Dictionary<string, float[]> results = new() { ["output.eval"] = Predict(reference, network, vectors, threads, oneByOne) };
        Loss loss = reference.Loss();
        float[] losses = new float[reference.Steps];
        TrainerOptions options = new() { BatchSize = reference.BatchSize, InputGradients = true, Threads = threads };
        using (ITrainer trainer = network.CreateTrainer(reference.Optimizer(), loss, options))
        {
            losses[0] = ForwardBackward(trainer, loss, vectors);
            results["output.train"] = trainer.Outputs.ToArray();
            results["grad.input"] = trainer.InputGradients.ToArray();
            foreach (Parameter parameter in network.Parameters.Where(parameter => parameter.IsTrainable))
                results["grad." + parameter.Name] = trainer.Gradient(parameter.Name).ToArray();
            trainer.Update();
            for (int step = 1; step < reference.Steps; step++)
                losses[step] = Step(trainer, loss, vectors, step);
        }

        results["losses"] = losses;
        foreach (Parameter parameter in network.Parameters)
            results["after." + parameter.Name] = parameter.Values.ToArray();
        results["output.after"] = Predict(reference, network, vectors, threads, oneByOne);
        return results;
    }

    private static float ForwardBackward(ITrainer trainer, Loss loss, ReferenceVectors vectors) => loss.TakesLabels
        ? trainer.ForwardBackward(vectors.Reals("input.0"), vectors.Labels("target.0"))
        : trainer.ForwardBackward(vectors.Reals("input.0"), vectors.Reals("target.0"));

    private static float Step(ITrainer trainer, Loss loss, ReferenceVectors vectors, int step) => loss.TakesLabels
        ? trainer.Step(vectors.Reals($"input.{step}"), vectors.Labels($"target.{step}"))
        : trainer.Step(vectors.Reals($"input.{step}"), vectors.Reals($"target.{step}"));

    private static float[] Predict(ReferenceCase reference, INetwork network, ReferenceVectors vectors, int threads, bool oneByOne)
    {
        float[] inputs = vectors.Reals("input.0");
        float[] outputs = new float[reference.BatchSize * network.OutputLength];
        int images = oneByOne ? 1 : reference.BatchSize;
        using IPredictor predictor = network.CreatePredictor(new PredictorOptions { BatchSize = images, Threads = threads });
        for (int image = 0; image < reference.BatchSize; image += images)
        {
            predictor.Predict(
                inputs.AsSpan(image * network.InputLength, images * network.InputLength),
                outputs.AsSpan(image * network.OutputLength, images * network.OutputLength));
        }

        return outputs;
    }
}
