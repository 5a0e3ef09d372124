namespace Cnn.CompilerServices;

/// <summary>How the numbers of a call lie: the ports one after the other, each with the images of the call.</summary>
internal static class PortPlaces
{
    /// <summary>Where a port's numbers start.</summary>
    /// <param name="lengths">Numbers of one image of each port.</param>
    /// <param name="port">Which.</param>
    /// <param name="images">The images of the call.</param>
    public static long Start(int[] lengths, int port, int images)
    {
        long before = 0;
        for (int earlier = 0; earlier < port; earlier++)
            before += lengths[earlier];
        return before * images;
    }
}
