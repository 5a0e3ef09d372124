using System.Globalization;
using Cnn.Functional.Tests.Support;
using Cnn.Peers.Tests.Support;
using Cnn.Peers.Tests.Torch;
using Cnn.Property.Tests.Drawing;
using Cnn.Property.Tests.Runs;

namespace Cnn.Peers.Tests;

/// <summary>Random networks against libtorch in double: outputs, losses, every gradient, running statistics, and the parameters after a step.</summary>
public sealed class TorchTests
{
    /// <summary>Networks whose answers one process gives.</summary>
    private const int ChunkSize = 60;

    [Fact]
    public void A_network_predicts_and_learns_as_it_does_in_libtorch()
    {
        Assert.SkipWhen(RunSettings.TorchNetworks == 0, "CNN_TORCH says how many networks are compared with libtorch, and is not set.");
        Assert.SkipWhen(TorchRun.Program is null, "There is no Python with PyTorch here: apt-get install python3-torch.");
        List<string> failures = [];
        foreach (int[] chunk in Enumerable.Range(RunSettings.FirstNetwork, RunSettings.TorchNetworks).Chunk(ChunkSize))
        {
            (NetworkCase Case, Func<INetwork> Create)[] networks = [.. chunk.Select(RandomNetworks.Get)];
            IReadOnlyList<Dictionary<string, float[]>> answers = TorchRun.Run([.. networks.Select(network => network.Case)]);
            for (int index = 0; index < chunk.Length; index++)
            {
                if (Difference(networks[index], answers[index]) is { } difference)
                    failures.Add(string.Create(CultureInfo.InvariantCulture, $"--- network {chunk[index]}: {difference}\n{networks[index].Case}"));
            }
        }

        File.WriteAllText(
            Path.Combine(RunSettings.Folder, "torch.txt"),
            string.Create(CultureInfo.InvariantCulture, $"CNN_SEED={RunSettings.Seed}: {RunSettings.TorchNetworks} networks, {failures.Count} differ\n{string.Join('\n', failures)}"));
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    private static string? Difference((NetworkCase Case, Func<INetwork> Create) network, Dictionary<string, float[]> answers)
    {
        try
        {
            Dictionary<string, float[]> results = ProductRun.Run(network.Create(), network.Case, threads: 1);
            Assert.Equal(results.Keys.Where(name => !name.StartsWith("traced", StringComparison.Ordinal)).Order(StringComparer.Ordinal), answers.Keys.Order(StringComparer.Ordinal));
            foreach ((string name, float[] expected) in answers)
                Agreement.ToleranceOf(name).Check(expected, results[name], name);
            return null;
        }
        catch (Exception exception)
        {
            return exception.Message;
        }
    }
}
