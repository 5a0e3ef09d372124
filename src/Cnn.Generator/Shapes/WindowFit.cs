using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Shapes;

/// <summary>What to say, and to offer, where a window does not fit into its padded input once.</summary>
internal static class WindowFit
{
    /// <summary>Adds the fault.</summary>
    /// <param name="id">KernelLargerThanInput or EmptyOutput.</param>
    /// <param name="kind">As <c>Conv</c>.</param>
    /// <param name="window">The window.</param>
    /// <param name="written">As the user wrote it.</param>
    /// <param name="input">What it does not fit into.</param>
    /// <param name="axis">The first axis on which it does not fit.</param>
    /// <param name="faults">Where it goes.</param>
    public static void Add(string id, string kind, WindowShape window, WindowSpec written, LayerInput input, int axis, LayerFaults faults)
    {
        int rank = window.Kernel.Length;
        string size = Numbers.Axes(window.Kernel);
        if (window.Dilation.Any(static dilation => dilation > 1))
            size += $" with dilation {Numbers.Axes(window.Dilation)}, which covers {Numbers.Axes(Each(rank, i => WindowRule.Extent(window, i)))},";
        string padded = Numbers.Axes(Each(rank, i => WindowRule.PaddedLength(window, input, i)));
        List<Repair> repairs = [];
        string ways = string.Join(", ", Ways(kind, window, written, input, axis, repairs));
        int last = ways.LastIndexOf(", ", StringComparison.Ordinal);
        if (last >= 0)
            ways = ways.Substring(0, last) + " or " + ways.Substring(last + 2);

        // In a block the text at the fault's place does not tell which of the uses is meant.
        string layer = faults.Layer.Within.Length == 0 ? $"{kind} {size}" : $"{faults.Name} ({kind} {size.TrimEnd(',')})";
        faults.Add(id, "kernel", WindowRule.KernelElement(written, axis), input.Layer, repairs, layer, input.Shape.ToString(), padded, ways);
    }

    private static IEnumerable<string> Ways(string kind, WindowShape window, WindowSpec written, LayerInput input, int axis, List<Repair> repairs)
    {
        int rank = window.Kernel.Length;
        bool oneForAll = written.Kernel.Length == 1;
        long Largest(int i) => ((WindowRule.PaddedLength(window, input, i) - 1) / window.Dilation[i]) + 1;
        long kernel = oneForAll ? Each(rank, Largest).Min() : Largest(axis);
        string of = oneForAll ? "" : " for the " + WindowRule.AxisName(rank, axis);
        yield return $"a kernel of at most {Numbers.Text(kernel)}{of}";
        if (window.Dilation[axis] > 1 && window.Kernel[axis] > 1 && written.Dilations is null)
        {
            long dilation = Each(rank, i => window.Kernel[i] == 1
                ? int.MaxValue
                : (WindowRule.PaddedLength(window, input, i) - 1) / (window.Kernel[i] - 1)).Min();
            if (dilation >= 1)
                yield return $"Dilation of at most {Numbers.Text(dilation)}";
        }

        if (Padding(window, written, input) is { } padding && (kind == "Conv" || padding.Least <= window.Kernel.Min() / 2))
        {
            yield return $"Padding of at least {Numbers.Text(padding.Least)}";
            if (kind == "Conv" || padding.Same <= window.Kernel.Min() / 2)
                repairs.Add(new Repair(RepairKind.SetProperty, "Padding", Numbers.Text(padding.Same)));
        }

        repairs.Add(new Repair(RepairKind.ReplaceValue, "", Numbers.Text(kernel)));
        if (input.Reach.IsReduced)
            yield return "fewer pools before it";
    }

    /// <summary>
    /// The least padding of all sides with which the window fits, and the one that keeps the size where the stride is 1 (of an even extent, one more);
    /// null where the sides are padded one by one.
    /// </summary>
    private static (long Least, long Same)? Padding(WindowShape window, WindowSpec written, LayerInput input)
    {
        if (written.Paddings is not null)
            return null;
        int rank = window.Kernel.Length;
        long least = Each(rank, axis => (WindowRule.Extent(window, axis) - input.Shape.Axes[axis] + 1) / 2).Max();
        long same = Each(rank, axis => WindowRule.Extent(window, axis) / 2).Max();
        return (least, Math.Max(least, same));
    }

    private static IEnumerable<long> Each(int rank, Func<int, long> value) => Enumerable.Range(0, rank).Select(value);
}
