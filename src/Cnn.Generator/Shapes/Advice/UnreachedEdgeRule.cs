using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes.Advice;

/// <summary>Where the stride does not divide what is left beside the first window, the last elements of an axis are never read.</summary>
/// <remarks>A strided kernel of 1 skips elements anyway, and gaps between windows are told by <see cref="WindowGapRule"/>.</remarks>
internal static class UnreachedEdgeRule
{
    public static IEnumerable<Fault> Find(LayerGraph graph)
    {
        for (int i = 0; i < graph.Count; i++)
        {
            if (graph[i].Window is not { } window || !WindowGapRule.IsSliding(graph[i]))
                continue;
            for (int axis = 0; axis < window.Kernel.Length; axis++)
            {
                long unreached = Unreached(graph[i], window, axis);
                if (unreached <= 0 || window.Kernel[axis] == 1 || WindowGapRule.HasGap(window, axis))
                    continue;
                yield return Describe(graph, i, window, axis, unreached);
                break;
            }
        }
    }

    /// <summary>Elements behind the last window; not positive where it reaches the end or the padding there.</summary>
    private static long Unreached(ShapedLayer layer, WindowShape window, int axis)
    {
        long lastStart = ((layer.OutputShape.Axes[axis] - 1L) * window.Stride[axis]) - window.PaddingBegin[axis];
        return layer.InputShape.Axes[axis] - (lastStart + WindowRule.Extent(window, axis));
    }

    private static Fault Describe(LayerGraph graph, int layer, WindowShape window, int axis, long unreached)
    {
        int length = graph[layer].InputShape.Axes[axis];
        long extent = WindowRule.Extent(window, axis);
        long padding = window.PaddingBegin[axis] + (long)window.PaddingEnd[axis];
        long rest = (length + padding - extent) % window.Stride[axis];
        string padded = padding == 0 ? Numbers.Text(length) : $"{Numbers.Text(length)} + {Numbers.Text(padding)}";
        return new Fault
        {
            Id = FaultIds.UnreachedEdge,
            Layer = layer,
            RelatedLayer = graph[layer].Inputs[0],
            Arguments =
            [
                graph[layer].Spec.Name,
                Numbers.Text(unreached),
                Numbers.Text(length),
                WindowRule.AxisName(window.Kernel.Length, axis),
                $"({padded} - {Numbers.Text(extent)}) / {Numbers.Text(window.Stride[axis])}",
                Numbers.Text(rest),
                graph[layer].Spec is PoolSpec ? "CeilMode = true, padding" : "padding",
            ],
            Repairs = graph[layer].Spec is PoolSpec ? [new Repair(RepairKind.SetProperty, "CeilMode", "true")] : [],
        };
    }
}
