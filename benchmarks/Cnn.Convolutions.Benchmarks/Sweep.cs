using System.Reflection;
using Cnn.Benchmarks.Measuring;
using Cnn.Benchmarks.Peers;
using Cnn.Tool.Compiling;

namespace Cnn.Convolutions.Benchmarks;

/// <summary>Runs convolutions in turn with oneDNN and ONNX Runtime on one thread.</summary>
/// <param name="batches">Images of a run.</param>
/// <param name="rounds">How often each is measured; the median counts.</param>
/// <param name="timesSteps">Whether generated code times its steps.</param>
internal sealed class Sweep(IReadOnlyList<int> batches, int rounds, bool timesSteps)
{
    /// <summary>Networks that are compiled together.</summary>
    private const int Chunk = 25;

    /// <summary>Calls after which the JIT compiles a method for good.</summary>
    private const int CallsToCompile = 40;

    /// <summary>A sample shorter than this would measure the clock.</summary>
    private static readonly TimeSpan ShortestSample = TimeSpan.FromMilliseconds(1);

    /// <summary>Asleep, so that the compiler's thread gets the processor.</summary>
    private static readonly TimeSpan Compiling = TimeSpan.FromMilliseconds(150);

    public IEnumerable<Measured> Run(IEnumerable<(ConvolutionShape Shape, int Number)> shapes)
    {
        foreach ((ConvolutionShape Shape, int Number)[] chunk in shapes.Chunk(Chunk))
        {
            string text = string.Join("\n\n", chunk.Select(static entry => entry.Shape.Declare(Name(entry.Number))));
            Assembly assembly = NetworkCompiler.Compile([("Convolutions.cs", text)], timesSteps ? new ProjectProperties("CnnStepTimes") : null);
            foreach ((ConvolutionShape shape, int number) in chunk)
            {
                INetwork network = NetworkCompiler.Create(assembly.GetType(Name(number), throwOnError: true)!, weights: null);
                foreach (int batch in batches)
                    yield return Measure(network, shape, number, batch);
            }
        }
    }

    private static string Name(int number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Convolution{number}");

    private Measured Measure(INetwork network, ConvolutionShape shape, int number, int batch)
    {
        Random random = new(1);
        float[] inputs = [.. Enumerable.Range(0, batch * network.InputLength).Select(_ => random.NextSingle() - 0.5f)];
        float[] outputs = new float[batch * network.OutputLength];
        using IPredictor predictor = network.CreatePredictor(new PredictorOptions { BatchSize = batch, Threads = 1 });
        using OneDnnPredictor direct = new(network, inputs, batch, 1, winograd: false);
        using OneDnnPredictor winograd = new(network, inputs, batch, 1, winograd: true);
        using OnnxPeer onnx = new(network, inputs, batch, 1);
        IPeer[] peers = [direct, winograd, onnx];
        predictor.Predict(inputs, outputs);
        foreach (IPeer peer in peers)
        {
            peer.Run();
            Agreement.Check($"{shape}, {batch} images", outputs, peer.Results);
        }

        double[] seconds = Medians([() => predictor.Predict(inputs, outputs), .. peers.Select(static peer => (Action)peer.Run)]);
        return new Measured(shape, number, batch, seconds[0], Math.Min(seconds[1], seconds[2]), seconds[3]);
    }

    /// <summary>In turn, so that whatever disturbs the machine disturbs all of them.</summary>
    private double[] Medians(Action[] contestants)
    {
        for (int call = 0; call < CallsToCompile; call++)
            contestants[0]();
        Thread.Sleep(Compiling);
        int[] repeats = [.. contestants.Select(static contestant => Sampling.Repeats(contestant, ShortestSample, 2))];
        double[][] seconds = [.. contestants.Select(_ => new double[rounds])];
        for (int round = 0; round < rounds; round++)
        {
            for (int index = 0; index < contestants.Length; index++)
            {
                contestants[index]();
                seconds[index][round] = Sampling.Seconds(contestants[index], repeats[index]);
            }
        }

        return [.. seconds.Select(Sampling.Median)];
    }
}
