using System.Diagnostics;
using System.Text;
using Cnn.Generator.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;

namespace Cnn.Generator.Tests.Emission;

public sealed class LargeNetworkTests
{
    [Fact]
    public void The_text_grows_in_step_with_the_layers()
    {
        long hundred = Length(100);
        long thousand = Length(1000);
        Assert.InRange(thousand, hundred, 11 * hundred);
    }

    /// <summary>Generous, for machines that are busy: what must not happen is that ten times as many layers take a hundred times as long.</summary>
    [Fact]
    public void A_thousand_layers_take_no_more_than_thirty_times_as_long_as_a_hundred()
    {
        Length(100);
        TimeSpan hundred = Enumerable.Range(0, 3).Select(_ => Time(100)).Min();
        TimeSpan thousand = Time(1000);
        Assert.True(thousand < 30 * hundred, $"100 layers: {hundred.TotalMilliseconds:N0} ms, 1000 layers: {thousand.TotalMilliseconds:N0} ms");
    }

    private static long Length(int layers) => Generating.Files(Chain(layers)).Values.Sum(text => (long)text.Length);

    private static TimeSpan Time(int layers)
    {
        CSharpCompilation compilation = Compiling.Sources(Chain(layers));
        long start = Stopwatch.GetTimestamp();
        Generating.Driver().RunGenerators(compilation, TestContext.Current.CancellationToken);
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Convolutions of the same shape share their kernels, so that these have different pairs of channels.</summary>
    private static string Chain(int layers)
    {
        StringBuilder text = new("[Network, Input(3, 8, 8)]\n");
        for (int i = 0; i < layers; i += 2)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"[Conv({3 + (((i / 2 * 17) + (i / 82 * 5)) % 41)}, 3, Padding = 1), ReLU]\n");
        return text.Append("public partial class Chain;").ToString();
    }
}
