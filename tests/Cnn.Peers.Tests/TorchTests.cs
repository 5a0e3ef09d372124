using Cnn.Functional.Tests.Support;
using Cnn.Peers.Tests.Support;
using Cnn.Peers.Tests.Torch;
using Cnn.Property.Tests.Compiling;
using Cnn.Property.Tests.Drawing;
using Cnn.Property.Tests.Layers;
using Cnn.Property.Tests.Oracle;
using Cnn.Property.Tests.Runs;

namespace Cnn.Peers.Tests;

/// <summary>Random networks against libtorch in double: outputs, losses, every gradient, running statistics, and the parameters after a step.</summary>
public sealed class TorchTests
{
    /// <summary>Networks whose answers one process gives.</summary>
    private const int ChunkSize = 60;

    [Fact]
    public void Every_layer_predicts_and_learns_as_it_does_in_libtorch()
    {
        SkipWithoutTorch();
        NetworkDescription[] examples = [.. LayerExamples.All.Values];
        NetworkCase[] cases = [.. examples.Select(example => NetworkCase.TryDraw(example, new OracleLoss(LossKind.MeanSquaredError), seed: 1)!)];
        Report(Differences([.. cases.Zip(NetworkCompiler.Compile(examples))]));
    }

    [Fact]
    public void A_random_network_predicts_and_learns_as_it_does_in_libtorch()
    {
        SkipWithoutTorch();
        List<string> failures = [];
        foreach (int[] chunk in Enumerable.Range(RunSettings.FirstNetwork, RunSettings.TorchNetworks).Chunk(ChunkSize))
            failures.AddRange(Differences([.. chunk.Select(RandomNetworks.Get)]).Select(difference =>
                $"{difference}\n(CNN_SEED={RunSettings.Seed}, of the networks from {chunk[0]} on)"));
        Report(failures);
    }

    private static void Report(IReadOnlyList<string> failures) => Assert.True(failures.Count == 0, string.Join('\n', failures));

    private static void SkipWithoutTorch()
    {
        Assert.SkipWhen(RunSettings.TorchNetworks == 0, "CNN_TORCH says how many networks are compared with libtorch, and is not set.");
        Assert.SkipWhen(TorchRun.Program is null, "There is no Python with PyTorch here: apt-get install python3-torch.");
    }

    private static string[] Differences((NetworkCase Case, Func<INetwork> Create)[] networks)
    {
        IReadOnlyList<Dictionary<string, float[]>> answers = TorchRun.Run([.. networks.Select(network => network.Case)]);
        return [.. networks.Zip(answers, Difference).OfType<string>()];
    }

    private static string? Difference((NetworkCase Case, Func<INetwork> Create) network, Dictionary<string, float[]> answers)
    {
        try
        {
            Dictionary<string, float[]> results = ProductRun.Run(network.Create(), network.Case, threads: 1);
            IEnumerable<string> answered = results.Keys.Where(name => !name.StartsWith("traced", StringComparison.Ordinal));
            Assert.Equal(answered.Order(StringComparer.Ordinal), answers.Keys.Order(StringComparer.Ordinal));
            foreach ((string name, float[] expected) in answers)
                Agreement.ToleranceOf(name).Check(expected, results[name], name);
            return null;
        }
        catch (Exception exception)
        {
            return $"--- {exception.Message}\n{network.Case}";
        }
    }
}
