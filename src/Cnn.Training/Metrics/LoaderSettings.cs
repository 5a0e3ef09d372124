using Cnn.Data;

namespace Cnn.Training;

/// <summary>What a loader has to know of the network.</summary>
internal static class LoaderSettings
{
    /// <summary>The shape of the images, where they are the only input.</summary>
    public static LoaderOptions Of(INetwork network, IExampleSource source) => new()
    {
        ImageShape = source is ImageDataset || network.Inputs.Count != 1 || network.Inputs[0].Layout != DataLayout.ChannelsFirst
            ? null
            : network.Inputs[0].Shape,
        Classes = network.Outputs.Count == 1 && network.Outputs[0].Layout == DataLayout.ChannelsFirst ? network.Outputs[0].Shape[0] : 0,
    };
}
