namespace Cnn.CompilerServices;

/// <summary>Where packed parameters have padding, which has to stay 0: for update rules that are not known to leave it so.</summary>
internal sealed class PackedPadding
{
    private readonly int[] _starts;
    private readonly int[] _ends;

    /// <summary>Finds the padding by packing ones.</summary>
    /// <param name="definitions">All parameters.</param>
    /// <param name="floats">The packed trainable parameters.</param>
    public PackedPadding(ParameterDefinition[] definitions, int floats)
    {
        float[] packed = new float[floats];
        foreach (ParameterDefinition definition in definitions)
        {
            if (!definition.IsTrainable)
                continue;
            float[] ones = new float[definition.Shape.Aggregate(1, static (product, axis) => product * axis)];
            ones.AsSpan().Fill(1);
            definition.Packing.Pack(ones, packed.AsSpan(definition.Offset, definition.Packing.Size));
        }

        List<int> starts = [];
        List<int> ends = [];
        for (int index = 0; index < floats; index++)
        {
            if (packed[index] != 0)
                continue;
            starts.Add(index);
            while (index < floats && packed[index] == 0)
                index++;
            ends.Add(index);
        }

        _starts = [.. starts];
        _ends = [.. ends];
    }

    /// <summary>Sets the padding within a range to 0.</summary>
    /// <param name="memory">The arena.</param>
    /// <param name="region">Where what is packed so starts.</param>
    /// <param name="start">The first float of the range.</param>
    /// <param name="end">The float behind the last.</param>
    public void Clear(TrainerMemory memory, long region, int start, int end)
    {
        int index = Array.BinarySearch(_ends, start + 1);
        for (index = index < 0 ? ~index : index; index < _starts.Length && _starts[index] < end; index++)
        {
            int from = Math.Max(_starts[index], start);
            memory.Slice(region + from, Math.Min(_ends[index], end) - from).Clear();
        }
    }
}
