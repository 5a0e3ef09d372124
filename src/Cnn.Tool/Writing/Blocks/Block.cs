using Cnn.Tool.Importing;

namespace Cnn.Tool.Writing.Blocks;

/// <summary>A block that is written for segments that are alike: its layers, their names in it, and its constants.</summary>
internal sealed class Block
{
    /// <summary>More columns than a table in a paper has would not make the declaration easier to read.</summary>
    private const int MostConstants = 8;

    /// <summary>What the class takes besides its layers and constants: its marker, its head, its braces and the empty line before it.</summary>
    private const int LinesOfClass = 5;

    private readonly Segment[] _segments;
    private readonly BlockArguments _arguments;

    private Block(IReadOnlyList<Segment> segments)
    {
        _segments = [.. segments];
        Input = new Layer(LayerNaming.BlockInput, segments[0].Entry.Shape, "");
        Layers = Copies();
        Names = new LayerNaming(Layers, Input);
        _arguments = new BlockArguments(segments, slot => ConstantNames.Of(Layers, Names, slot));
        // One number of channels needs no other name.
        if (Constants.Count(constant => constant.Marker.Length == 0) == 1)
            _arguments = new BlockArguments(segments, slot => slot.Name);
        WriteArguments();
    }

    /// <summary>Stands for what the block takes.</summary>
    public Layer Input { get; }

    /// <summary>The block's layers, their arguments written with the constants.</summary>
    public IReadOnlyList<Layer> Layers { get; }

    public LayerNaming Names { get; }

    public IReadOnlyList<BlockConstant> Constants => _arguments.Constants;

    /// <summary>The class.</summary>
    public string ClassName { get; set; } = "";

    /// <summary>Segments that run one after the other with the same arguments, each run a use.</summary>
    public IReadOnlyList<IReadOnlyList<Segment>> Runs { get; private set; } = [];

    /// <summary>How many lines shorter the file becomes.</summary>
    public int LinesSaved { get; private set; }

    /// <summary>The block for segments that are alike.</summary>
    public static Block Of(IReadOnlyList<Segment> segments, IReadOnlyList<Layer> order, SegmentSearch search)
    {
        Block block = new(segments);
        block.FindRuns(search);
        int before = segments.Sum(segment => DeclarationLines.Count(order.Skip(segment.Begin).Take(segment.End - segment.Begin)));
        int after = block.Runs.Count + DeclarationLines.Count(block.Layers) + block.Constants.Count + LinesOfClass;
        block.LinesSaved = block.Constants.Count <= MostConstants ? before - after : 0;
        return block;
    }

    /// <summary>The layer that stands for a run.</summary>
    public Layer Use(IReadOnlyList<Segment> run)
    {
        Layer use = new($"Block<{ClassName}>", run[^1].Exit.Shape, run[0].Body[0].Source)
        {
            Block = ClassName,
            Repeat = run.Count,
            Inputs = [run[0].Entry],
            Arguments = _arguments.Of(Array.IndexOf(_segments, run[0])),
            Origin = run[^1].Exit.Origin,
        };
        if (run.Count > 1)
            use.Options.Add(("Repeat", Literal.Of(run.Count)));
        return use;
    }

    /// <summary>The layers of a segment that have parameters, by their names in the block.</summary>
    public IEnumerable<(Layer Layer, string Name)> Members(Segment segment)
    {
        foreach ((Layer layer, Layer copy) in segment.Body.Zip(Layers))
            yield return (layer, Names.Of(copy));
        if (segment.Shortcut is not { Projection: { } projection, Norm: { } norm })
            yield break;
        yield return (projection, LayerNaming.Shortcut);
        yield return (norm, LayerNaming.Shortcut + "_norm");
    }

    private List<Layer> Copies()
    {
        Segment first = _segments.MaxBy(segment => segment.Body.Count)!;
        Layer? sum = first.Shortcut?.Sum;
        bool isLeftOut = _segments.Any(segment => segment.Body.Count < first.Body.Count);
        Dictionary<Layer, Layer> copies = new() { [first.Entry] = Input };
        List<Layer> layers = [];
        foreach (Layer layer in first.Body)
        {
            Layer copy = layer != sum
                ? new Layer(layer.Kind, layer.Shape, layer.Source)
                {
                    Inputs = [.. layer.Inputs.Select(input => copies[input])],
                    Arguments = [.. layer.Arguments],
                    Options = [.. layer.Options],
                }
                : new Layer("Residual", layer.Shape, layer.Source)
                {
                    Inputs = [layers[^1]],
                    Options = isLeftOut ? [("Shortcut", "Shortcut.WhereShapesFit")] : [],
                };
            copies[layer] = copy;
            layers.Add(copy);
        }

        return layers;
    }

    private void WriteArguments()
    {
        foreach (Slot slot in _segments[0].Body.SelectMany(Slot.Of))
        {
            Layer layer = Layers[slot.Place];
            string text = _arguments[slot];
            if (slot.Name == Slot.Channels)
            {
                layer.Arguments[0] = text;
                continue;
            }

            int place = layer.Options.FindIndex(option => option.Name == slot.Name);
            if (place >= 0)
                layer.Options[place] = (slot.Name, text);
            else if (text != "1")
                layer.Options.Insert(0, (slot.Name, text));
        }
    }

    private void FindRuns(SegmentSearch search)
    {
        List<List<Segment>> runs = [];
        for (int index = 0; index < _segments.Length; index++)
        {
            Segment segment = _segments[index];
            bool goesOn = index > 0 && _segments[index - 1] is var before && before.End == segment.Begin && before.Exit == segment.Entry
                && search.IsReadOnlyBefore(before, segment.End) && _arguments.CanRepeat(index);
            if (goesOn)
                runs[^1].Add(segment);
            else
                runs.Add([segment]);
        }

        Runs = runs;
    }
}
