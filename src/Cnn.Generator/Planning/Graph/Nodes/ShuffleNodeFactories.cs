using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Blocks of channels become blocks of positions: a channel of the input is a channel of the output and a place in the block.</summary>
internal sealed class PixelShuffleNodeFactory : NodeFactory<PixelShuffleSpec>
{
    public override Node? Make(NodeSite site)
    {
        PixelShuffleSpec shuffle = (PixelShuffleSpec)site.Layer.Spec;
        if (shuffle.Factor == 1)
            return null;
        Movement spread = shuffle.Gathers ? Spread(shuffle, site.Output, site.Input) : Spread(shuffle, site.Input, site.Output);
        return RearrangementNodes.Of(site, shuffle.Gathers ? spread.Inverse : spread);
    }

    /// <param name="shuffle">How channels are numbered.</param>
    /// <param name="deep">The tensor with more channels.</param>
    /// <param name="wide">The tensor with more positions.</param>
    private static Movement Spread(PixelShuffleSpec shuffle, TensorShape deep, TensorShape wide)
    {
        int[] distances = Movement.Distances(deep);
        int block = deep.Channels / wide.Channels;
        List<(int, int)> axes = [(wide.Channels, distances[0] * (shuffle.DepthFirst ? 1 : block))];
        int place = distances[0] * (shuffle.DepthFirst ? wide.Channels : 1) * block;
        for (int axis = 0; axis < deep.Rank; axis++)
        {
            place /= shuffle.Factor;
            axes.Add((deep.Axes[axis], distances[axis + 1]));
            axes.Add((shuffle.Factor, place));
        }

        return Movement.View(0, [.. axes]);
    }
}

/// <summary>The channels as a table of groups, transposed: the first of each group, then the second of each.</summary>
internal sealed class ChannelShuffleNodeFactory : NodeFactory<ChannelShuffleSpec>
{
    public override Node? Make(NodeSite site)
    {
        int groups = ((ChannelShuffleSpec)site.Layer.Spec).Groups;
        int members = site.Input.Channels / groups;
        int positions = site.Input.Positions;
        return groups == 1 || members == 1 ? null
            : RearrangementNodes.Of(site, Movement.View(0, (members, positions), (groups, members * positions), (positions, 1)));
    }
}
