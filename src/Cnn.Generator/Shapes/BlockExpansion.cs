using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>The layers of one repetition of a block, with their arguments evaluated.</summary>
internal static class BlockExpansion
{
    /// <summary>Far more than networks have; it keeps a slip of the keyboard in Repeat from exhausting the memory of the editor.</summary>
    public const int MostLayers = 10_000;

    /// <summary>The layers, unnamed ones with their default names; a layer with an argument that has no value gets a fault and is unreadable.</summary>
    /// <param name="block">Without an error.</param>
    /// <param name="use">The use.</param>
    /// <param name="name">The repetition's whole name.</param>
    /// <param name="path">Where the use is.</param>
    /// <param name="repetition">Which, from 0.</param>
    /// <param name="inputChannels">Of what comes into this repetition.</param>
    /// <param name="faults">The network's.</param>
    public static EquatableArray<LayerSpec> Layers(BlockSpec block, BlockUseSpec use, string name, LayerPath path, int repetition,
        int inputChannels, List<Fault> faults)
    {
        BlockConstantValues constants = new(block, use, repetition, inputChannels);
        List<LayerSpec> layers = [];
        foreach (BlockLayer layer in block.Layers)
        {
            LayerFaults found = new(path.Inside(layers.Count), $"{layer.Kind} of {name}", faults);
            LayerSpec spec = LayerFactory.Create(layer.Kind, Evaluate(layer, constants, found), layer.Block);
            if (spec is UnreadableSpec && !found.Any)
                found.Add(FaultIds.Unreadable, null, -1, -1, found.Name, FaultCatalog.CompilersError);
            layers.Add(spec);
        }

        return DefaultNames.Assign(layers);
    }

    private static EquatableArray<NamedArgument> Evaluate(BlockLayer layer, BlockConstantValues constants, LayerFaults faults)
    {
        List<NamedArgument> values = [];
        foreach (LayerExpression argument in layer.Arguments)
        {
            ArgumentValue? value = constants.Evaluate(argument.Value);
            if (value is null)
                faults.Add(FaultIds.NoValue, argument.Name, -1, -1, argument.Name, faults.Name, constants.Problem);
            values.Add(new NamedArgument(argument.Name, value ?? new UnreadableValue()));
        }

        return values.ToEquatableArray();
    }
}
