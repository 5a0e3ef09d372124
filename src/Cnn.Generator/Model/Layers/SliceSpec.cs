namespace Cnn.Generator.Model;

public sealed record SliceSpec : LayerSpec
{
    public override string Kind => "Slice";

    public required int Start { get; init; }

    /// <summary>Behind the last; <see cref="int.MaxValue"/> for all that is there.</summary>
    public required int End { get; init; }

    public required int Step { get; init; }

    /// <summary>As written: see <see cref="AxisNumber"/>.</summary>
    public required int Axis { get; init; }

    /// <summary>What is taken of an axis.</summary>
    /// <remarks>
    /// ONNX's Slice: indices from the end become such from the start, and both are kept to where there are elements. A step backwards ends before
    /// index 0 where no end is given; ONNX has a large negative one for that.
    /// </remarks>
    /// <param name="length">Of the axis.</param>
    /// <returns>The first index, and how many elements; none is a fault.</returns>
    public (int First, int Count) Range(int length)
    {
        bool backwards = Step < 0;
        long start = Start < 0 ? (long)Start + length : Start;
        long end = End < 0 ? (long)End + length : End;
        if (backwards && End == int.MaxValue)
            end = -1;
        start = Clamp(start, 0, backwards ? length - 1 : length);
        end = Clamp(end, backwards ? -1 : 0, backwards ? length - 1 : length);
        long elements = backwards ? start - end : end - start;
        long step = Math.Abs((long)Step);
        return ((int)start, elements <= 0 ? 0 : (int)((elements + step - 1) / step));
    }

    /// <inheritdoc/>
    public override IEnumerable<ResolvedArgument> Resolve(ShapedLayer layer)
    {
        int place = AxisNumber.Place(Axis, layer.InputShape);
        (int first, int count) = Range(layer.InputShape.Lengths[place]);
        return
        [
            ResolvedArgument.Of("axis", AxisNumber.At(place)),
            ResolvedArgument.Of("start", first),
            ResolvedArgument.Of("count", count),
            ResolvedArgument.Of("step", Step),
        ];
    }

    private static long Clamp(long value, long least, long most) => Math.Max(least, Math.Min(most, value));
}

internal sealed class SliceFactory() : SpecFactory("Slice")
{
    public override LayerSpec Create(string kind, LayerArguments arguments) => new SliceSpec
    {
        Start = arguments.Integer("Start"),
        End = arguments.Integer("End"),
        Step = arguments.Integer("Step"),
        Axis = arguments.Integer("Axis"),
    };
}
