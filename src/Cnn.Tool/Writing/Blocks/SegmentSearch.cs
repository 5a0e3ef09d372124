using System.Text;
using Cnn.Tool.Importing;

namespace Cnn.Tool.Writing.Blocks;

/// <summary>
/// Finds the segments of a network that are alike: the same layers, wired in the same way, that differ in channels, strides and groups at most.
/// </summary>
internal sealed class SegmentSearch
{
    /// <summary>As many layers as a block may have; the modules of published networks have up to forty.</summary>
    private const int LongestSegment = 48;

    private readonly IReadOnlyList<Layer> _order;
    private readonly Dictionary<Layer, int> _places;
    private readonly int[] _lastReaders;
    private readonly int[] _tokens;
    private readonly Dictionary<string, List<Segment>> _groups = new(StringComparer.Ordinal);

    /// <param name="order">The layers as they are written, the input first.</param>
    public SegmentSearch(IReadOnlyList<Layer> order)
    {
        _order = order;
        _places = order.Select((layer, place) => (layer, place)).ToDictionary(pair => pair.layer, pair => pair.place);
        _lastReaders = new int[order.Count];
        for (int place = 0; place < order.Count; place++)
        {
            foreach (Layer input in order[place].Inputs)
                _lastReaders[_places[input]] = place;
        }

        Dictionary<string, int> tokens = new(StringComparer.Ordinal);
        _tokens = [.. order.Select(layer => tokens.TryGetValue(Slot.Token(layer), out int token) ? token : tokens[Slot.Token(layer)] = tokens.Count)];
        for (int begin = 1; begin < order.Count; begin++)
            Extend(begin);
    }

    /// <summary>Sets of at least two segments that are alike and do not overlap, each in the order of the network.</summary>
    public IEnumerable<IReadOnlyList<Segment>> Groups()
    {
        foreach ((string signature, List<Segment> segments) in _groups)
        {
            List<Segment> apart = Apart(segments);
            if (apart.Count < 2 || 2 * apart.Count(BeginsWithin) > apart.Count)
                continue;
            yield return apart;
            // Bottlenecks without a shortcut, where the shapes differ, are the same block.
            if (segments[0].EndsWithPlainSum && _groups.TryGetValue(signature[..^1], out List<Segment>? without))
            {
                List<Segment> both = [.. segments, .. without.Where(segment => !segment.Entry.Shape.AsSpan().SequenceEqual(segment.Exit.Shape))];
                both = Apart([.. both.OrderBy(segment => segment.Begin).ThenByDescending(segment => segment.End)]);
                if (both.Count > 1)
                    yield return both;
            }
        }
    }

    /// <summary>Whether nobody but the layers up to a place reads a segment's output.</summary>
    public bool IsReadOnlyBefore(Segment segment, int end) => _lastReaders[_places[segment.Exit]] < end;

    /// <summary>Whether the first layer is a norm of the convolution before the segment, so that the segment would tear them apart.</summary>
    private bool BeginsWithin(Segment segment) =>
        !Slot.HasChannels(segment.Body[0]) && Slot.HasChannels(_order[segment.Begin - 1]) && segment.Entry == _order[segment.Begin - 1];

    private static List<Segment> Apart(IReadOnlyList<Segment> segments)
    {
        List<Segment> apart = [];
        foreach (Segment segment in segments)
        {
            if (apart.Count == 0 || segment.Begin >= apart[^1].End)
                apart.Add(segment);
        }

        return apart;
    }

    /// <summary>Enters all segments that begin at a place.</summary>
    private void Extend(int begin)
    {
        if (!CanBegin(_order[begin]))
            return;
        Layer? entry = null;
        int reach = 0;
        bool hasWeights = false;
        for (int place = begin; place < Math.Min(_order.Count, begin + LongestSegment); place++)
        {
            Layer layer = _order[place];
            Layer[] outside = [.. layer.Inputs.Where(input => _places[input] < begin)];
            entry ??= outside.FirstOrDefault();
            if (layer.Block is not null || layer.IsOutput || layer.Kind == "Input" || outside.Any(input => input != entry))
                return;
            hasWeights |= Slot.HasChannels(layer);
            // Until here, what the layers before this one make is read by the segment alone.
            if (reach <= place && place > begin && hasWeights && entry is not null)
                Enter(Segment.Of(_order, begin, place + 1, entry));
            reach = Math.Max(reach, _lastReaders[place]);
        }
    }

    private static bool CanBegin(Layer layer) => Slot.HasChannels(layer) || layer.Kind is "BatchNorm" or "GroupNorm" or "LayerNorm";

    private void Enter(Segment segment)
    {
        string signature = Signature(segment);
        if (!_groups.TryGetValue(signature, out List<Segment>? group))
            _groups[signature] = group = [];
        group.Add(segment);
    }

    /// <summary>Layer by layer what it is and how far back its inputs are; two segments are alike where this is equal.</summary>
    private string Signature(Segment segment)
    {
        const char Residual = '\uFFFF', Entry = '\0';
        Dictionary<Layer, int> places = [];
        StringBuilder signature = new();
        foreach (Layer layer in segment.Body)
        {
            places[layer] = places.Count;
            if (layer == segment.Shortcut?.Sum)
            {
                signature.Append(Residual);
                continue;
            }

            signature.Append((char)(_tokens[_places[layer]] + 1));
            foreach (Layer input in layer.Inputs)
                signature.Append(input == segment.Entry ? Entry : (char)(places[layer] - places[input]));
        }

        return signature.ToString();
    }
}
