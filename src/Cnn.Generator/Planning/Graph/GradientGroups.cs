namespace Cnn.Generator.Planning;

/// <summary>
/// In how many groups the images of a weight's gradient are summed, so that many workers have work where the layer alone has few units: a 3x3 convolution of 16
/// channels has three. The groups' sums are added pairwise. They depend on the layer and on the number of images alone.
/// </summary>
internal static class GradientGroups
{
    /// <summary>Floats of a part of the groups' sums that one worker adds.</summary>
    public const int Part = 1024;

    /// <summary>Sixteen workers then have four each, at least.</summary>
    private const int EnoughUnits = 64;

    private const int Most = 16;

    /// <summary>Of all groups together: four megabytes, which a cache of many cores keeps.</summary>
    private const int MostFloats = 1 << 20;

    /// <param name="units">Of the layer.</param>
    /// <param name="floats">Of one group's sums.</param>
    public static int Of(int units, int floats)
    {
        int groups = 1;
        while (groups < Most && groups * units < EnoughUnits && 2 * groups * floats <= MostFloats)
            groups *= 2;
        return groups;
    }
}
