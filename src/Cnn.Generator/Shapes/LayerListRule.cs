using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>Which layers there are: an input first, and something after it.</summary>
internal static class LayerListRule
{
    /// <summary>Whether the layers are known at all: none misspelt, and in one order.</summary>
    public static bool IsKnown(NetworkSpec network) =>
        !network.Faults.Any(static fault => fault.Id is FaultIds.UnknownAttribute or FaultIds.LayersOnTwoDeclarations);

    /// <summary>Whether shapes can be inferred: the list starts with an input.</summary>
    public static bool Check(NetworkSpec network, List<Fault> faults)
    {
        int first = network.Layers.ToList().FindIndex(IsInput);
        if (first < 0)
        {
            faults.Add(new Fault { Id = FaultIds.NoInput, Arguments = [network.Type.Name] });
            return false;
        }

        if (network.Layers.All(static layer => layer is InputSpec or OutputSpec))
            faults.Add(new Fault { Id = FaultIds.NoLayer, Arguments = [network.Type.Name] });
        if (first > 0)
            faults.Add(new Fault { Id = FaultIds.InputNotFirst, Layer = first, RelatedLayer = 0, Arguments = [network.Layers[0].Name] });
        return first == 0;
    }

    public static bool IsInput(LayerSpec layer) => layer.Kind == "Input";
}
