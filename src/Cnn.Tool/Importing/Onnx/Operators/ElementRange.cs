namespace Cnn.Tool.Importing.Onnx.Operators;

/// <summary>Elements of an axis at equal distances.</summary>
/// <param name="Start">The first, from 0.</param>
/// <param name="Count">How many.</param>
/// <param name="Step">From one to the next; negative goes backwards.</param>
internal sealed record ElementRange(int Start, int Count, int Step)
{
    public bool IsAll(int length) => Start == 0 && Count == length && (Step == 1 || Count == 1);

    /// <summary>The positional arguments of a Slice; the end is left out where the axis has no more elements.</summary>
    public string[] Arguments(int length)
    {
        int last = Start + ((Count - 1) * Step);
        bool isToEnd = Step > 0 ? last + Step >= length : last + Step < 0;
        return isToEnd ? [Literal.Of(Start)] : [Literal.Of(Start), Literal.Of(Step > 0 ? last + 1 : last - 1)];
    }

    /// <summary>The runs at equal distances that positions are made of.</summary>
    public static List<ElementRange> Of(int[] positions)
    {
        List<ElementRange> ranges = [];
        for (int start = 0; start < positions.Length;)
        {
            int step = start + 1 < positions.Length ? positions[start + 1] - positions[start] : 1;
            int end = start + 1;
            while (step != 0 && end < positions.Length && positions[end] - positions[end - 1] == step)
                end++;
            ranges.Add(new ElementRange(positions[start], end - start, end - start == 1 ? 1 : step));
            start = end;
        }

        return ranges;
    }
}
