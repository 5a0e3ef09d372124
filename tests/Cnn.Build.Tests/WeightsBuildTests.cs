using System.Reflection;
using Cnn.Generator.Model;

namespace Cnn.Build.Tests;

/// <summary>The program as the targets call it: a file of options in, a manifest and packed weights out.</summary>
public sealed class WeightsBuildTests : IDisposable
{
    private const string Declaration =
        "using Cnn; namespace Shop { [Network, Input(4), Linear(Sizes.Hidden), BatchNorm, ReLU, Linear(2)] public partial class Net; public static class "
        + "Sizes { public const int Hidden = 3; } }";

    private readonly string _folder = Directory.CreateTempSubdirectory("cnn").FullName;

    private string _storage = "";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Net")]
    [InlineData("Shop.Net")]
    public void Weights_that_fit_are_packed(string network)
    {
        WriteWeights(hidden: 3);
        Run(Declaration, network);
        Assert.Equal("", Manifest(network).Damage);
        Assert.Equal(8, Manifest(network).Tensors.Length);
        Assert.True(new FileInfo(In($"{network}.packed")).Length > 4 * ((3 * 4) + (2 * 3)));
    }

    [Theory]
    [InlineData(4, Declaration, "Net")]
    [InlineData(3, Declaration, "Other.Net")]
    [InlineData(3, "using Cnn; [Network, Input(4), Conv(3, 5)] public partial class Net;", "Net")]
    [InlineData(3, "this is no C#", "Net")]
    public void Weights_that_cannot_be_packed_leave_it_to_the_compiler_to_say_why(int hidden, string source, string network)
    {
        WriteWeights(hidden);
        Run(source, network);
        Assert.Equal(8, Manifest(network).Tensors.Length);
        Assert.Equal(0, new FileInfo(In($"{network}.packed")).Length);
    }

    [Fact]
    public void Norms_that_fold_into_nothing_finite_are_damage()
    {
        WriteWeights(hidden: 3, variance: -1);
        Run(Declaration, "Net");
        Assert.Contains("folding the norms of linear1 gives values that are not finite", Manifest("Net").Damage, StringComparison.Ordinal);
        Assert.Equal(0, new FileInfo(In("Net.packed")).Length);
    }

    [Fact]
    public void A_weights_file_that_is_not_there_still_gives_both_files()
    {
        Run(Declaration, "Net");
        Assert.Contains("there is no file", Manifest("Net").Damage, StringComparison.Ordinal);
        Assert.Equal(0, new FileInfo(In("Net.packed")).Length);
    }

    [Fact]
    public void Symbols_decide_which_network_there_is()
    {
        WriteWeights(hidden: 3);
        string source = $"#if SMALL\n{Declaration}\n#endif";
        Run(source, "Net");
        Assert.Equal(0, new FileInfo(In("Net.packed")).Length);
        Run(source, "Net", "--define DEBUG;SMALL");
        Assert.NotEqual(0, new FileInfo(In("Net.packed")).Length);
    }

    [Theory]
    [InlineData("float32", 1)]
    [InlineData("bfloat16", 2)]
    [InlineData("int8", 4)]
    public void A_storage_of_fewer_bits_makes_the_weights_smaller(string storage, int times)
    {
        WriteWeights(hidden: 3);
        _storage = storage;
        Run(Declaration, "Net");

        // Of 8 lanes: 4 + 3 rows of weights, two of biases; header and matrices take up to 80 bytes, and factors 8 x 4 a layer.
        long bytes = new FileInfo(In("Net.packed")).Length;
        Assert.InRange(bytes, (8 * 7 * 4 / times) + 64, (8 * 7 * 4 / times) + (16 * 8 * 4) + 160);
    }

    [Fact]
    public void A_storage_that_is_not_known_is_told_with_those_that_are()
    {
        _storage = "int4";
        WriteOptions("Net");
        Assert.Contains(
            "is 'int4', and float32, bfloat16 and int8 are known",
            Assert.Throws<ArgumentException>(() => BuildOptions.Read([In("options.txt")])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_files_for_one_network_are_refused()
    {
        WriteOptions("Net", "--weights other|Net|a|b|");
        Assert.Contains(
            "The network Net gets", Assert.Throws<ArgumentException>(() => BuildOptions.Read([In("options.txt")])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("one", "two")]
    public void One_argument_is_needed(params string[] arguments) => Assert.Throws<ArgumentException>(() => BuildOptions.Read(arguments));

    private void Run(string source, string network, params string[] more)
    {
        File.WriteAllText(In("Net.cs"), source);
        WriteOptions(network, more);
        WeightsBuild.Run(BuildOptions.Read([In("options.txt")]));
    }

    private void WriteOptions(string network, params string[] more) => File.WriteAllLines(In("options.txt"),
    [
        $"--weights {In("net.safetensors")}|{network}|{In(network + ".cnnweights")}|{In(network + ".packed")}|{_storage}",
        $"--source {In("Net.cs")}",
        "--source " + In("there is no such source.cs"),
        .. new[] { typeof(object).Assembly, Assembly.Load("System.Runtime"), typeof(INetwork).Assembly }.Select(assembly => "--reference " + assembly.Location),
        .. more,
    ]);

    private void WriteWeights(int hidden, float variance = 1)
    {
        TensorFile file = new();
        file.Add("linear1.weight", [hidden, 4], new float[hidden * 4]);
        file.Add("linear1.bias", [hidden], new float[hidden]);
        foreach (string name in (string[])["weight", "bias", "running_mean", "running_var"])
            file.Add("batchnorm1." + name, [hidden], [.. Enumerable.Repeat(name == "running_var" ? variance : 1, hidden)]);
        file.Add("linear2.weight", [2, hidden], new float[2 * hidden]);
        file.Add("linear2.bias", [2], new float[2]);
        file.Write(In("net.safetensors"));
    }

    private string In(string file) => Path.Combine(_folder, file);

    private WeightsManifest Manifest(string network) => WeightsManifest.Parse(File.ReadAllText(In(network + ".cnnweights")));
}
