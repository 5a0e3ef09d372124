using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>An output as losses see it.</summary>
/// <param name="name">The port's name.</param>
/// <param name="channels">Its channels.</param>
/// <param name="positions">Its positions; 1 for a flat one.</param>
/// <param name="activation">What the layer before it is.</param>
/// <param name="layout">How the caller's numbers lie.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class OutputPort(string name, int channels, int positions, OutputActivation activation, DataLayout layout = DataLayout.ChannelsFirst)
{
    internal string Name { get; } = name;

    internal int Channels { get; } = channels;

    internal int Positions { get; } = positions;

    internal OutputActivation Activation { get; } = activation;

    internal DataLayout Layout { get; } = layout;

    /// <summary>Floats of one image.</summary>
    internal int Length => Channels * Positions;
}
