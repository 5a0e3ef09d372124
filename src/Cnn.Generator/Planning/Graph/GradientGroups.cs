namespace Cnn.Generator.Planning;

/// <summary>
/// In how many groups the images of a weight's gradient are summed, so that many workers have work where the layer alone has few units: a 3x3 convolution of 16
/// channels has three. The groups' sums are added pairwise. They depend on the layer and on the number of images alone.
/// </summary>
internal static class GradientGroups
{
    /// <summary>Floats of a part of the groups' sums that one worker adds.</summary>
    private const int Part = 1024;

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

    /// <summary>Floats from one group's sums to the next's.</summary>
    public static int Stride(int floats) => TensorLayout.RoundUp(floats, Targets.LineFloats);

    /// <summary>Adds the groups' sums pairwise.</summary>
    /// <param name="name">The step's.</param>
    /// <param name="sums">Those of the groups.</param>
    /// <param name="groups">How many groups.</param>
    /// <param name="floats">Of one group's sums.</param>
    /// <param name="target">Where the whole belongs.</param>
    public static Step Sum(string name, Address sums, int groups, int floats, Address target) =>
        KernelCall.Of(RuntimeKernel.SumGroups).In("sums", sums).Number(RunNumbers.Images).Numbers(groups, Stride(floats))
            .Out("dw", target).Numbers(TensorLayout.RoundUp(floats, 8), Part).Units((floats + Part - 1) / Part)
            .Step(name, "dw = the sums of the groups of images, added pairwise");
}
