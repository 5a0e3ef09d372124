using System.Globalization;
using Cnn.Property.Tests.Drawing;
using Cnn.Property.Tests.Runs;

namespace Cnn.Property.Tests;

/// <summary>Random legal declarations, compiled and compared with the oracle. CNN_NETWORKS says how many; without it there are 90.</summary>
public sealed class RandomNetworkTests
{
    private static int Count => int.Parse(Environment.GetEnvironmentVariable("CNN_NETWORKS") ?? "90", CultureInfo.InvariantCulture);

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Count)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void A_random_network_computes_and_learns_what_its_layers_say(int index)
    {
        (NetworkCase drawn, Func<INetwork> create) = RandomNetworks.Get(index);
        Agreement.Check(drawn, create);
    }
}
