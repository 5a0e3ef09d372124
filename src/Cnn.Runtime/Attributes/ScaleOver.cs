namespace Cnn;

/// <summary>What has a number of its own in a <see cref="ScaleAttribute"/>.</summary>
public enum ScaleOver
{
    /// <summary>Each channel: parameters <c>[channels]</c>.</summary>
    Channels,

    /// <summary>Each position, for all channels: parameters <c>[axes...]</c>.</summary>
    Positions,

    /// <summary>Each element of an image: parameters <c>[channels, axes...]</c>.</summary>
    Elements,
}
