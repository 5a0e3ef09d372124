using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>[LayerNorm], [InstanceNorm] and [GroupNorm]: statistics of one image.</summary>
internal sealed class ImageNormRule : LayerRule<ImageNormSpec>
{
    protected override void Check(ImageNormSpec norm, LayerFaults faults)
    {
        BatchNormRule.CheckEpsilon(norm.Epsilon, faults);
        if (norm is GroupNormSpec { Groups: var groups })
            faults.AtLeast(1, "groups", groups, "the channels are at least one group");
    }

    protected override LayerOutput? Infer(ImageNormSpec norm, LayerInput input, LayerFaults faults)
    {
        if (norm is InstanceNormSpec && !input.HasAxes(faults))
            return null;
        if (norm is GroupNormSpec { Groups: var groups } && !GroupRule.Divide("groups", groups, input, input.Shape.Channels, faults))
            return null;
        bool isPerPosition = norm is LayerNormSpec { ChannelsOnly: true };
        if (isPerPosition ? input.Shape.Channels == 1 : input.Shape.Length == norm.GroupsOf(input.Shape.Channels))
        {
            faults.Add(FaultIds.NothingToNormalize, null, -1, input.Layer, norm.Name, What(norm), input.Shape.ToString());
            return null;
        }

        if (!norm.Affine)
            return LayerOutput.SameAs(input);
        EquatableArray<int> shape = norm is LayerNormSpec && !isPerPosition ? [input.Shape.Channels, .. input.Shape.Axes] : [input.Shape.Channels];
        return LayerOutput.SameAs(input) with
        {
            Parameters = [ParameterRule.Make(norm, "weight", shape, Initialization.One), ParameterRule.Make(norm, "bias", shape, Initialization.Zero)],
        };
    }

    private static string What(ImageNormSpec norm) => norm switch
    {
        LayerNormSpec { ChannelsOnly: true } => "the channels of each position",
        LayerNormSpec => "all elements of an image",
        InstanceNormSpec => "the positions of each channel",
        _ => "each group of channels",
    };
}
