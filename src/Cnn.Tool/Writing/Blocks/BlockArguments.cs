using System.Globalization;
using Cnn.Tool.Importing;

namespace Cnn.Tool.Writing.Blocks;

/// <summary>
/// What the layers of a block have as arguments: a number where all segments have the same, else a constant of the block, or a multiple or fraction of one.
/// </summary>
internal sealed class BlockArguments
{
    private const int LargestFactor = 16;

    private readonly List<BlockConstant> _constants = [];
    private readonly Dictionary<Slot, string> _texts = [];
    private readonly BlockConstant _input;
    private readonly Func<Slot, string> _name;

    /// <param name="segments">Those that the block stands for.</param>
    /// <param name="name">What a constant for a slot is to be called.</param>
    public BlockArguments(IReadOnlyList<Segment> segments, Func<Slot, string> name)
    {
        _name = name;
        _input = new BlockConstant("In", BlockConstant.InputChannels, [.. segments.Select(segment => segment.Entry.Channels)]);
        foreach (Slot slot in segments[0].Body.SelectMany(Slot.Of))
            _texts.Add(slot, Text(slot, [.. segments.Select(segment => slot.Value(segment.Body[slot.Place]))]));
    }

    /// <summary>In the order of declaration: what takes no place first, strides last, since most uses leave them out.</summary>
    public IReadOnlyList<BlockConstant> Constants =>
        [.. _constants.OrderBy(constant => constant.Marker switch { BlockConstant.InputChannels => 0, BlockConstant.FirstOnly => 2, _ => 1 })];

    /// <summary>What is written in a slot.</summary>
    public string this[Slot slot] => _texts[slot];

    /// <summary>What a use of a segment writes; strides of 1 are left out.</summary>
    public List<string> Of(int segment)
    {
        List<BlockConstant> given = [.. Constants.Where(constant => constant.Marker != BlockConstant.InputChannels)];
        while (given.Count > 0 && given[^1] is { Marker: BlockConstant.FirstOnly } last && last.Values[segment] == last.Default)
            given.RemoveAt(given.Count - 1);
        return [.. given.Select(constant => Literal.Of(constant.Values[segment]))];
    }

    /// <summary>Whether a segment can be a repetition of the one before it.</summary>
    public bool CanRepeat(int segment) => _constants.All(constant => constant.Marker switch
    {
        BlockConstant.InputChannels => true,
        BlockConstant.FirstOnly => constant.Values[segment] == constant.Default,
        _ => constant.Values[segment] == constant.Values[segment - 1],
    });

    private string Text(Slot slot, int[] values)
    {
        if (values.AsSpan().IndexOfAnyExcept(values[0]) < 0)
            return Literal.Of(values[0]);
        bool isStride = slot.Name == Slot.Stride;
        foreach (BlockConstant constant in _constants.Where(constant => constant.Marker == BlockConstant.FirstOnly == isStride
            && constant.Marker != BlockConstant.InputChannels))
        {
            if (Related(constant, values, isStride) is { } text)
                return text;
        }

        if (!isStride && Related(_input, values, false) is { } ofInput)
        {
            if (!_constants.Contains(_input))
                _constants.Add(_input);
            return ofInput;
        }

        string stem = _name(slot);
        string name = stem;
        for (int number = 2; name == _input.Name || _constants.Any(constant => constant.Name == name); number++)
            name = stem + number.ToString(CultureInfo.InvariantCulture);
        _constants.Add(new BlockConstant(name, isStride ? BlockConstant.FirstOnly : "", values));
        return name;
    }

    /// <summary>The values as the constant, a multiple or a fraction of it, or null.</summary>
    private static string? Related(BlockConstant constant, int[] values, bool onlyEqual)
    {
        if (values.AsSpan().SequenceEqual(constant.Values))
            return constant.Name;
        int multiple = values[0] / constant.Values[0];
        if (onlyEqual)
            return null;
        if (multiple is > 1 and <= LargestFactor && values.Zip(constant.Values).All(pair => pair.First == pair.Second * multiple))
            return $"{Literal.Of(multiple)} * {constant.Name}";
        int fraction = constant.Values[0] / values[0];
        return fraction is > 1 and <= LargestFactor && values.Zip(constant.Values).All(pair => pair.First * fraction == pair.Second)
            ? $"{constant.Name} / {Literal.Of(fraction)}"
            : null;
    }
}
