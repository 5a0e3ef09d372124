using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>Which layers there are: an input first, once, and something after it.</summary>
internal static class LayerListRule
{
    /// <summary>Whether the layers are known at all: none misspelt, and in one order.</summary>
    public static bool IsKnown(NetworkSpec network) =>
        !network.Faults.Any(static fault => fault is { Id: FaultIds.Unreadable, Layer: < 0 } or { Id: FaultIds.LayersOnTwoDeclarations });

    /// <summary>Whether shapes can be inferred: the list starts with its input.</summary>
    public static bool Check(NetworkSpec network, List<Fault> faults)
    {
        List<int> inputs = [.. Enumerable.Range(0, network.Layers.Length).Where(i => IsInput(network.Layers[i]))];
        if (inputs.Count == 0)
        {
            faults.Add(new Fault { Id = FaultIds.NoInput, Arguments = [network.Type.Name] });
            return false;
        }

        if (network.Layers.Length == 1)
            faults.Add(new Fault { Id = FaultIds.NoLayer, Arguments = [network.Type.Name] });
        if (inputs[0] > 0)
            faults.Add(new Fault { Id = FaultIds.InputNotFirst, Layer = inputs[0], RelatedLayer = 0, Arguments = [network.Layers[0].Name] });
        foreach (int second in inputs.Skip(1))
            faults.Add(new Fault { Id = FaultIds.SecondInput, Layer = second, RelatedLayer = inputs[0] });
        return inputs[0] == 0;
    }

    public static bool IsInput(LayerSpec layer) => layer.Kind == "Input";
}
