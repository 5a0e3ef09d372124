using Cnn.Generator.Collections;
using Cnn.Generator.Model;
using Cnn.Generator.Planning;

namespace Cnn.Generator.Emission;

/// <summary>Writes the API of classes that were meant to be networks.</summary>
public static class UndeclaredNetworksEmitter
{
    public static EquatableArray<GeneratedFile> Emit(IEnumerable<UndeclaredNetwork> networks)
    {
        UndeclaredNetwork[] open = [.. networks.Where(static network => network.IsOpen)];
        EquatableArray<string> ambiguous = FileStem.Ambiguous(open.Select(static network => network.Spec.Type.UniqueName));
        return open.Select(network => Emit(network.Spec, FileStem.Of(network.Spec.Type.UniqueName, ambiguous))).ToEquatableArray();
    }

    /// <summary>The hyphen keeps the name from being that of a network's file.</summary>
    private static GeneratedFile Emit(NetworkSpec spec, string stem) =>
        FaultyNetworkEmitter.Emit(new PlanResult { Type = spec.Type, Faulty = spec, CanReopen = true }, "Undeclared-" + stem)!;
}
