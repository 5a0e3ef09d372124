using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes.Advice;

/// <summary>A stride larger than the kernel skips elements, and so does one that shares a factor with the dilation.</summary>
/// <remarks>
/// A kernel of 1 with a stride is how maps are made smaller beside a strided convolution (He et al. 2015, option B), and skips on purpose.
/// Windows start at multiples of the stride, and their elements lie at multiples of the dilation behind that: what they reach depends on the place
/// modulo the stride.
/// </remarks>
internal static class WindowGapRule
{
    public static IEnumerable<Fault> Find(LayerGraph graph)
    {
        for (int i = 0; i < graph.Count; i++)
        {
            if (graph[i].Window is { } window && IsSliding(graph[i]) && FirstGap(window) is var axis and >= 0)
                yield return Describe(graph, i, window, axis);
        }
    }

    /// <summary>Whether the window goes over the input; that of a transposed convolution goes over the output.</summary>
    public static bool IsSliding(ShapedLayer layer) => layer.Spec is ConvSpec or PoolSpec;

    /// <summary>Whether windows leave gaps on an axis.</summary>
    public static bool HasGap(WindowShape window, int axis) => window.Kernel[axis] > 1 && Reached(window, axis) < window.Stride[axis];

    private static int FirstGap(WindowShape window)
    {
        for (int axis = 0; axis < window.Kernel.Length; axis++)
        {
            if (HasGap(window, axis))
                return axis;
        }

        return -1;
    }

    /// <summary>Places modulo the stride that some element of a window has: multiples of the dilation repeat after stride / gcd.</summary>
    private static int Reached(WindowShape window, int axis) =>
        Math.Min(window.Kernel[axis], window.Stride[axis] / GreatestCommonDivisor.Of(window.Stride[axis], window.Dilation[axis]));

    private static Fault Describe(LayerGraph graph, int layer, WindowShape window, int axis)
    {
        int kernel = window.Kernel[axis];
        int stride = window.Stride[axis];
        bool isDilated = kernel >= stride;
        string reason = isDilated
            ? $"a stride of {Numbers.Text(stride)} and a dilation of {Numbers.Text(window.Dilation[axis])} have a common factor"
            : $"its stride of {Numbers.Text(stride)} is larger than its kernel size of {Numbers.Text(kernel)}";
        bool perAxis = graph[layer].Spec is ConvSpec { Window.Strides: not null } or PoolSpec { Window.Strides: not null };
        return new Fault
        {
            Id = FaultIds.WindowsLeaveGaps,
            Layer = layer,
            Argument = perAxis ? "Strides" : "Stride",
            Element = perAxis ? axis : -1,
            RelatedLayer = graph[layer].Inputs[0],
            Arguments =
            [
                graph[layer].Spec.Name,
                Numbers.Text(Reached(window, axis)),
                Numbers.Text(stride),
                WindowRule.AxisName(window.Kernel.Length, axis),
                reason,
                Numbers.Text(LargestWithoutGap(window, axis)),
            ],
        };
    }

    private static int LargestWithoutGap(WindowShape window, int axis)
    {
        int stride = Math.Min(window.Stride[axis], window.Kernel[axis]);
        while (GreatestCommonDivisor.Of(stride, window.Dilation[axis]) > 1)
            stride--;
        return stride;
    }
}
