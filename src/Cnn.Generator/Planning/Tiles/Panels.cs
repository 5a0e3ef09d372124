using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>Cuts the reduction of a contraction into panels whose <c>b</c> stays in the first-level cache while all rows pass over it.</summary>
/// <remarks>
/// Without panels every tile of rows streams the whole of <c>b</c> from the second-level cache: a tile of 4 rows and 3 vectors wants 96 bytes for 6 cycles of
/// arithmetic, more than that cache delivers. Between panels the sums wait in <c>c</c>, which costs one load and one store of each accumulator a panel.
/// </remarks>
public static class Panels
{
    /// <summary>Fewer steps than this do not pay for storing and loading the sums.</summary>
    private const int FewestSteps = 64;

    /// <summary>Cuts the reduction of one lane section.</summary>
    /// <param name="kernel">The contraction.</param>
    /// <param name="width">Lanes of the section.</param>
    /// <param name="target">Whose registers the sums live in, and whose caches the panels.</param>
    public static Contraction Cut(Contraction kernel, int width, Target target)
    {
        // Rows with start values of their own are so few that they are one tile.
        if (kernel.Start == StartValue.Scalar || kernel.Reduction.Length == 0 || kernel.Reduction.Any(static axis => axis.Count is Contraction.Images or 0))
            return kernel;
        int most = Math.Max(FewestSteps, target.PanelFloats / width);
        long steps = kernel.Reduction.Aggregate(1L, static (product, axis) => product * axis.Count);
        if (steps <= most)
            return kernel;
        List<ReductionAxis> inside = [];
        int index = kernel.Reduction.Length - 1;
        int taken = 1;
        while (index >= 0 && taken * kernel.Reduction[index].Count <= most)
        {
            inside.Insert(0, kernel.Reduction[index]);
            taken *= kernel.Reduction[index--].Count;
        }

        List<ReductionAxis> outside = [.. kernel.Reduction.Take(index)];
        ReductionAxis split = kernel.Reduction[index];
        // A panel for each of the taps lets lines of the map skip those that they have in the padding.
        bool byTap = kernel is { Rows.Length: > 1, OutermostTaps.IsNeverEmpty: true } && (index > 0 || taken >= FewestSteps);
        int part = index == 0 && byTap ? 1 : LargestDivisor(split.Count, most / taken);
        if (part < split.Count)
            outside.Add(new ReductionAxis(split.Count / part, split.AStride * part, split.BStride * part));
        if (part > 1)
            inside.Insert(0, split with { Count = part });
        return kernel with
        {
            Reduction = outside.Concat(inside).ToEquatableArray(),
            PanelAxes = outside.Count,
            OutermostTaps = byTap ? kernel.OutermostTaps : null,
        };
    }

    private static int LargestDivisor(int count, int most)
    {
        int largest = 1;
        for (int candidate = 2; candidate <= most; candidate++)
        {
            if (count % candidate == 0)
                largest = candidate;
        }

        return largest;
    }
}
