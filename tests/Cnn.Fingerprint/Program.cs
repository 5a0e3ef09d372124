using System.Security.Cryptography;
using System.Runtime.InteropServices;
using Cnn;
using Cnn.Reference;

// Prints one line a network: a hash of everything that it computes, and its name; and another for each whose batch makes two micro-batches. Two builds,
// machines or settings that print the same lines compute the same bits. What they run on goes to standard error, so that lines can be compared as they are.
int threads = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 1;
Console.Error.WriteLine($"{RuntimeInformation.ProcessArchitecture}, {InstructionSets.Current}, {threads} threads");
foreach (ReferenceCase reference in ReferenceCases.All)
    Console.WriteLine($"{Fingerprint.Of(reference, threads, microBatch: 0)} {reference.Name}");

// Two images at least in each half, for statistics of vectors.
foreach (ReferenceCase reference in ReferenceCases.All.Where(static reference => reference.BatchSize >= 4))
    Console.WriteLine($"{Fingerprint.Of(reference, threads, (reference.BatchSize + 1) / 2)} {reference.Name} in two micro-batches");

/// <summary>A network's results, hashed.</summary>
internal static class Fingerprint
{
    /// <summary>Of outputs, gradients and parameters over three steps on numbers from a seed.</summary>
    public static string Of(ReferenceCase reference, int threads, int microBatch)
    {
        INetwork network = reference.Create();
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Random random = new(1);
        float[] inputs = Reals(random, reference.BatchSize * network.InputLength);
        float[] targets = Reals(random, reference.BatchSize * network.OutputLength);
        int[] labels = Labels(random, reference, network);
        bool takesLabels = reference.Loss().GetType() == Loss.CrossEntropy().GetType();
        TrainerOptions options = new()
        {
            BatchSize = reference.BatchSize,
            MicroBatch = microBatch,
            InputGradients = true,
            Threads = threads,
        };
        using (ITrainer trainer = network.CreateTrainer(reference.Optimizer(), reference.Loss(), options))
        {
            for (int step = 0; step < 3; step++)
            {
                float loss = takesLabels ? trainer.ForwardBackward(inputs, labels) : trainer.ForwardBackward(inputs, targets);
                Append(hash, [loss]);
                Append(hash, trainer.Outputs);
                Append(hash, trainer.Gradients);
                Append(hash, trainer.InputGradients);
                trainer.Update();
            }
        }

        foreach (Parameter parameter in network.Parameters)
            Append(hash, parameter.Values);
        float[] outputs = new float[targets.Length];
        using IPredictor predictor = network.CreatePredictor(new PredictorOptions { BatchSize = reference.BatchSize, Threads = threads });
        predictor.Predict(inputs, outputs);
        Append(hash, outputs);
        return Convert.ToHexString(hash.GetHashAndReset())[..16];
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<float> values) => hash.AppendData(MemoryMarshal.AsBytes(values));

    /// <summary>Targets of a binary cross-entropy are probabilities, so all are.</summary>
    private static float[] Reals(Random random, int count)
    {
        float[] values = new float[count];
        for (int index = 0; index < count; index++)
            values[index] = random.NextSingle();
        return values;
    }

    private static int[] Labels(Random random, ReferenceCase reference, INetwork network)
    {
        ReadOnlySpan<int> shape = network.Summary.OutputShape;
        int[] labels = new int[reference.BatchSize * (network.OutputLength / shape[0])];
        for (int index = 0; index < labels.Length; index++)
            labels[index] = random.Next(shape[0]);
        return labels;
    }
}
