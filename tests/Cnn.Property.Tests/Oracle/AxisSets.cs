namespace Cnn.Property.Tests.Oracle;

/// <summary>Elements that differ in some axes alone.</summary>
internal static class AxisSets
{
    /// <summary>The indices of the elements of each set, the sets in their order.</summary>
    /// <param name="x">The map.</param>
    /// <param name="alongAxes">Whether each axis, the channels first, is one along which elements are of one set.</param>
    public static int[][] Of(FeatureMap x, bool[] alongAxes)
    {
        int[] lengths = [x.Images, x.Shape.Channels, .. x.Shape.Axes];
        bool[] reduced = [false, .. alongAxes];
        return
        [
            .. Enumerable.Range(0, x.Values.Length)
                .GroupBy(index =>
                {
                    (int key, int scale) = (0, 1);
                    for (int axis = lengths.Length - 1; axis >= 0; axis--)
                    {
                        if (!reduced[axis])
                        {
                            key += index % lengths[axis] * scale;
                            scale *= lengths[axis];
                        }

                        index /= lengths[axis];
                    }

                    return key;
                })
                .OrderBy(set => set.Key)
                .Select(set => set.ToArray()),
        ];
    }
}
