using System.ComponentModel;
using System.Reflection;

namespace Cnn.CompilerServices;

/// <summary>Weights that were folded and packed when an assembly was built, and are one of its resources.</summary>
/// <param name="assembly">The assembly.</param>
/// <param name="resource">The name of the resource.</param>
/// <param name="floats">How many floats the predictor packs.</param>
/// <param name="fingerprint">Of how the predictor packs them.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class EmbeddedWeights(Assembly assembly, string resource, int floats, uint fingerprint)
{
    private PackedWeights? _packed;

    /// <summary>The weights, read when they are first asked for.</summary>
    /// <exception cref="WeightsException">There is no such resource, or it was made for another declaration.</exception>
    public PackedWeights Packed => _packed ?? Interlocked.CompareExchange(ref _packed, Read(), null) ?? _packed;

    /// <summary>The weights file itself, which a project with a trace keeps beside the packed ones; null where there is none.</summary>
    public Stream? OpenFile() => assembly.GetManifestResourceStream(resource + ".File");

    private PackedWeights Read()
    {
        using Stream stream = assembly.GetManifestResourceStream(resource)
            ?? throw new WeightsException(
                $"The assembly {assembly.GetName().Name} has no resource '{resource}', into which <CnnWeights> puts the weights: build the project anew.");
        return PackedWeightsFormat.Read(stream, $"The resource '{resource}' of {assembly.GetName().Name}", floats, fingerprint);
    }
}
