using System.Reflection;
using Cnn.CompilerServices;
using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Tests.Harness;
using Cnn.Reference;
using Cnn.Zoo;

namespace Cnn.Build.Tests;

/// <summary>What is packed when a project is built is what the generated predictor packs when it runs, for every kind of layer.</summary>
public sealed class PackedBitsTests
{
    private static readonly Type[] All =
    [
        .. typeof(PackedBitsTests).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(INetwork)) && !type.IsAbstract)
            .OrderBy(type => type.FullName, StringComparer.Ordinal),
    ];

    private static readonly NetworkFinder Sources = new(new BuildOptions
    {
        Roslyn = "",
        Symbols = [],
        Items = [],
        Sources =
        [
            Path.Combine(RepositoryFolder.Find("tests", "Cnn.Functional.Tests", "Reference"), "Networks.cs"),
            .. Directory.GetFiles(RepositoryFolder.Find("tests", "Cnn.Zoo.Tests", "Networks"), "*.cs"),
            Path.Combine(RepositoryFolder.Find("samples", "EmbeddedLeNet"), "LeNet.cs"),
            .. Directory.GetFiles(RepositoryFolder.Find("tests", "Cnn.Build.Tests"), "*.cs"),
        ],
        References = [typeof(object).Assembly.Location, Assembly.Load("System.Runtime").Location, typeof(INetwork).Assembly.Location],
    });

    public static TheoryData<string> Names => [.. All.Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_bits_are_those_of_the_generated_predictor(string name)
    {
        Type type = All.Single(type => type.FullName == name);
        INetwork network = (INetwork)Activator.CreateInstance(type, 7)!;
        Randomize(network);
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".safetensors");
        try
        {
            network.Save(path);
            ShapedNetwork shaped = Sources.Find(new WeightsItem(path, name, "", ""))!;
            PredictorPlan plan = ExecutionPlanner.PlanPredictor(shaped);
            PackedWeights packed = WeightPacker.Load(shaped, path).Pack(plan);
            using MemoryStream stream = new();
            PackedWeightsFormat.Write(stream, packed, PackingFingerprint.Of(plan));
            stream.Position = 0;
            using PredictorCore predictor = (PredictorCore)network.CreatePredictor();
            Assert.Equal(predictor.Weights.All,
                PackedWeightsFormat.Read(stream, "The stream", predictor.PlannedLayout.PackedFloats, PackingFingerprint.Of(plan)).All);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Taps_are_not_taken_for_as_many_points()
    {
        PredictorPlan points = ExecutionPlanner.PlanPredictor(Sources.Find(new WeightsItem("", typeof(ResNet20).FullName!, "", ""))!);
        PredictorPlan taps = points with { Packing = [.. points.Packing.Select(item => item with { Winograd = null })] };
        Assert.NotEqual(PackingFingerprint.Of(points), PackingFingerprint.Of(taps));
    }

    [Fact]
    public void Every_way_of_folding_is_among_them()
    {
        PackedItem[] items = [.. All.SelectMany(type => ExecutionPlanner.PlanPredictor(Sources.Find(new WeightsItem("", type.FullName!, "", ""))!).Packing)];
        Assert.Contains(items, item => item.Layer is null);
        Assert.Contains(items, item => item.NormsBefore.Length > 0);
        Assert.Contains(items, item => item.Layer is not null && item.Norms.Length > 0 && !item.HasBias);
        Assert.Contains(items, item => item.Layer is not null && item.Norms.Length > 0 && item.HasBias);
        Assert.Contains(items, item => item.Norms.Any(norm => norm.Mean.Length > 0) || item.NormsBefore.Any(norm => norm.Mean.Length > 0));
        Assert.Contains(items, item => item.Layout.InputsFirst);
        Assert.Contains(items, item => item.Layout.Groups > 1);
        Assert.Contains(items, item => item.Winograd is not null);
        Assert.Contains(All, type => type == typeof(ResNet20));
        Assert.Contains(All, type => type == typeof(LenetBatchNorm));
    }

    /// <summary>Norms have statistics and factors of their own, as after training.</summary>
    private static void Randomize(INetwork network)
    {
        Random random = new(5);
        foreach (Parameter parameter in network.Parameters)
        {
            foreach (ref float value in parameter.Values)
                value = parameter.Name.EndsWith("running_var", StringComparison.Ordinal) ? 0.1f + random.NextSingle() : random.NextSingle() - 0.5f;
        }
    }
}
