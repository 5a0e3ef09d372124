namespace Cnn;

/// <summary>
/// How a caller's numbers lie at an input or an output. Inside, layers see channels and positions whatever it is, and it changes no bit of a result.
/// </summary>
public enum DataLayout
{
    /// <summary>Channel after channel, each with its positions row by row, as in PyTorch: <c>C, H, W</c>.</summary>
    ChannelsFirst,

    /// <summary>Position after position, each with its channels, as images lie in memory and as TensorFlow has them: <c>H, W, C</c>.</summary>
    ChannelsLast,
}
