namespace Cnn.Generator.Model;

/// <summary>How a caller's numbers lie at a port; the values are those of the runtime's enum.</summary>
public enum DataLayout
{
    ChannelsFirst,
    ChannelsLast,
}
