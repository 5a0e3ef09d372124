using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[Block&lt;T&gt;]: how often it runs. Its layers stand in its place when shapes are inferred (<see cref="BlockExpansion"/>).</summary>
internal sealed class BlockUseRule : LayerRule<BlockUseSpec>
{
    protected override void Check(BlockUseSpec use, LayerFaults faults)
    {
        if (faults.Layer.Within.Length > 0)
            faults.AtLeast(0, "Repeat", use.Repeat, "a block runs that often, or not at all");
        else
            faults.AtLeast(1, "Repeat", use.Repeat, "a block that is used runs at least once");
        if (use.Repeat > BlockExpansion.MostLayers)
            faults.Add(FaultIds.TooManyLayers, "Repeat", -1, -1, use.Name, Numbers.Text(BlockExpansion.MostLayers));
    }
}
