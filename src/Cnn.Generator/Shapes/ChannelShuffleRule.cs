using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[ChannelShuffle]: the shape stays.</summary>
internal sealed class ChannelShuffleRule : LayerRule<ChannelShuffleSpec>
{
    protected override void Check(ChannelShuffleSpec shuffle, LayerFaults faults) =>
        faults.AtLeast(1, "groups", shuffle.Groups, "the channels are at least one group");

    protected override LayerOutput? Infer(ChannelShuffleSpec shuffle, LayerInput input, LayerFaults faults) =>
        GroupRule.Divide("groups", shuffle.Groups, input, input.Shape.Channels, faults) ? LayerOutput.SameAs(input) : null;
}
