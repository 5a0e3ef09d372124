using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>Compares the weights files of a project with the parameters of its networks.</summary>
public static class WeightsRule
{
    /// <summary>A network with the weights that the project gives it.</summary>
    public static ShapeResult Attach(ShapeResult result, EquatableArray<ProjectWeights> all)
    {
        if (all.FirstOrDefault(weights => weights.IsFor(result.Spec.Type)) is not { } weights)
            return result;
        EquatableArray<Fault> faults = result.Network is null ? [] : Check(result.Network, weights);
        return result with { Embedded = new EmbeddedWeights { Resource = weights.Resource, Faults = faults } };
    }

    /// <summary>Every mismatch, at its layer where there is one.</summary>
    public static EquatableArray<Fault> Check(ShapedNetwork network, ProjectWeights weights)
    {
        if (network.Type.PretrainedMember is { } member)
            return [new Fault { Id = FaultIds.DeclaresGeneratedMember, Argument = member, Arguments = [network.Type.Name, member] }];
        if (weights.Manifest is not { } manifest)
            return [];
        List<Fault> faults = [];
        HashSet<string> parameters = new(
            network.Layers.SelectMany(static layer => layer.Parameters).Select(static parameter => parameter.Name), StringComparer.Ordinal);
        List<WeightsTensor> unexpected = [.. manifest.Tensors.Where(tensor => !parameters.Contains(tensor.Name))];
        Dictionary<string, WeightsTensor> expected = manifest.Tensors.Where(tensor => parameters.Contains(tensor.Name))
            .ToDictionary(static tensor => tensor.Name, StringComparer.Ordinal);
        foreach (ShapedLayer layer in network.Layers)
        {
            foreach (ParameterShape parameter in layer.Parameters)
            {
                Fault? fault = expected.TryGetValue(parameter.Name, out WeightsTensor? tensor)
                    ? Mismatch(layer, parameter, tensor, manifest)
                    : Missing(layer, parameter, manifest, unexpected);
                if (fault is not null)
                    faults.Add(fault);
            }
        }

        faults.AddRange(unexpected.Select(tensor => Unexpected(network, tensor, manifest)));
        if (manifest.Damage.Length > 0 && (faults.Count == 0 || manifest.Tensors.Length == 0))
            return [new Fault { Id = FaultIds.WeightsUnreadable, Arguments = [network.Type.Name, manifest.File, manifest.Damage] }];
        return faults.ToEquatableArray();
    }

    /// <summary>Weights that belong to no network, or that several could claim.</summary>
    /// <param name="weights">What the project has.</param>
    /// <param name="networks">The classes with [Network].</param>
    public static Fault? CheckNetwork(ProjectWeights weights, IEnumerable<TypeSpec> networks)
    {
        List<TypeSpec> found = [.. networks.Where(weights.IsFor)];
        if (found.Count == 1)
            return null;
        string problem = found.Count == 0
            ? "there is no such class"
            : string.Join(" and ", found.Select(static type => type.UniqueName.Replace('+', '.')).OrderBy(static name => name, StringComparer.Ordinal))
                + " are called so";
        return new Fault { Id = FaultIds.WeightsWithoutNetwork, Arguments = [weights.Manifest?.File ?? "a weights file", weights.Network, problem] };
    }

    private static Fault Missing(ShapedLayer layer, ParameterShape parameter, WeightsManifest manifest, IReadOnlyList<WeightsTensor> unexpected)
    {
        string? nearest = NearestName.Of(parameter.Name, unexpected.Select(static tensor => tensor.Name));
        string hint = nearest is null ? "" : $" (it has '{nearest}')";
        return Of(FaultIds.WeightMissing, layer, layer.Spec.Name, parameter.Name, Numbers.Axes(parameter.Shape), manifest.File, hint);
    }

    private static Fault? Mismatch(ShapedLayer layer, ParameterShape parameter, WeightsTensor tensor, WeightsManifest manifest)
    {
        if (!tensor.Shape.SequenceEqual(parameter.Shape.Select(static axis => (long)axis)))
        {
            string advice = IsTransposed(tensor.Shape, parameter.Shape)
                ? "its axes stand in another order, so transpose it before it is saved"
                : "save the weights of this declaration";
            return Of(FaultIds.WeightShape, layer, layer.Spec.Name, tensor.Name, Text(tensor.Shape), manifest.File, Numbers.Axes(parameter.Shape), advice);
        }

        return tensor.Flaw switch
        {
            WeightsFlaw.Type => Of(FaultIds.WeightType, layer, layer.Spec.Name, tensor.Name, tensor.Type, manifest.File),
            WeightsFlaw.NotFinite => Of(FaultIds.WeightNotFinite, layer, layer.Spec.Name, tensor.Name, tensor.Details, manifest.File),
            WeightsFlaw.CutOff => Of(FaultIds.WeightCutOff, layer, layer.Spec.Name, tensor.Name, tensor.Details, manifest.File),
            _ => null,
        };
    }

    private static Fault Unexpected(ShapedNetwork network, WeightsTensor tensor, WeightsManifest manifest)
    {
        ShapedLayer? owner = network.Layers.LastOrDefault(layer => tensor.Name.StartsWith(layer.Spec.Name + ".", StringComparison.Ordinal));
        string problem = owner is null ? $"{network.Type.Name} has no layer of that name" : $"{owner.Spec.Name} has no such parameter";
        return Of(FaultIds.WeightUnexpected, owner, manifest.File, tensor.Name, Text(tensor.Shape), problem);
    }

    /// <summary>As where <c>[in, out]</c> is found and <c>[out, in]</c> needed, or TensorFlow's <c>[height, width, in, out]</c>.</summary>
    private static bool IsTransposed(EquatableArray<long> found, EquatableArray<int> needed) =>
        found.OrderBy(static axis => axis).SequenceEqual(needed.Select(static axis => (long)axis).OrderBy(static axis => axis));

    private static string Text(EquatableArray<long> shape) => shape.Length == 0 ? "[]" : Numbers.Axes(shape);

    private static Fault Of(string id, ShapedLayer? layer, params string[] arguments)
    {
        LayerPath path = layer?.Path ?? -1;
        return new Fault { Id = id, Layer = path.Layer, Within = path.Within, Arguments = [.. arguments] };
    }
}
