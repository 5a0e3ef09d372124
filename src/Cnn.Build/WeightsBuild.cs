using System.Text;
using Cnn.CompilerServices;
using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Shapes;

namespace Cnn.Build;

/// <summary>Writes for each weights file of a project its manifest and, where it fits its network, the packed weights.</summary>
/// <remarks>What does not fit is no error here: the analyzer reports it at the layer, from the manifest.</remarks>
internal static class WeightsBuild
{
    public static void Run(BuildOptions options)
    {
        NetworkFinder networks = new(options);
        foreach (WeightsItem item in options.Items)
        {
            WeightsManifest manifest = ManifestBuilder.Describe(item.Path);
            using MemoryStream packed = new();
            if (networks.Find(item) is { } network)
                manifest = Pack(network, item, manifest, packed);
            Write(item.Packed, packed.ToArray());
            Write(item.Manifest, Encoding.UTF8.GetBytes(manifest.ToString()));
        }
    }

    /// <summary>Packs weights that fit.</summary>
    /// <returns>The manifest; with what the runtime found, in case it refuses what the rules let through.</returns>
    private static WeightsManifest Pack(ShapedNetwork network, WeightsItem item, WeightsManifest manifest, MemoryStream packed)
    {
        ProjectWeights found = new() { Network = item.Network, Resource = "", Project = "", Manifest = manifest };
        if (WeightsRule.Check(network, found).Length > 0)
            return manifest;
        try
        {
            PredictorPlan plan = ExecutionPlanner.PlanPredictor(network);
            PackedWeights weights = WeightPacker.Load(network, item.Path).Pack(plan);
            if (WeightPacker.NotFinite(plan, weights) is { } layer)
                return manifest with
                {
                    Damage = $"folding the norms of {layer} gives values that are not finite; take weights whose running variances are above 0",
                };
            PackedWeightsFormat.Write(packed, weights, PackingFingerprint.Of(plan), item.Storage);
            return manifest;
        }
        catch (WeightsException exception)
        {
            return manifest with { Damage = exception.Message };
        }
    }

    private static void Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllBytes(path, content);
    }
}
