using Cnn.Generator.Planning;
using Cnn.Generator.Text;

namespace Cnn.Generator.Emission;

/// <summary>Writes the kernel of one lane block of a contraction for one instruction set: register tiles with literal bounds.</summary>
internal sealed class TileEmitter(SourceWriter writer, KernelSetKind set, ContractionBody body, LaneSection section)
{
    private const string Attributes = "[MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]";
    private readonly Contraction _kernel = body.Contraction;
    private readonly string _a = body.Names[0];
    private readonly string _b = body.Names[1];
    private readonly string _c = body.Names[body.Names.Length - 1];
    private readonly string? _start = body.Contraction.Start == StartValue.Vector ? body.Names[2] : null;

    /// <summary>The row axes that the method loops over: not the one that the caller's units cover.</summary>
    private readonly List<RowAxis> _rows = [.. body.Contraction.Rows.Skip(body.Contraction.OuterRowAxes)];

    private bool OverImages => _rows.Count == 1 && _rows[0].Count == Contraction.Images;

    /// <summary>The parameters of a tile method.</summary>
    public static string Parameters(ContractionBody body)
    {
        string parameters = string.Join(", ", body.Names.Select(static name => "ref float " + name));
        return UsesImages(body.Contraction) ? parameters + ", int images" : parameters;
    }

    public static bool UsesImages(Contraction kernel) =>
        kernel.Rows.Any(static axis => axis.Count == Contraction.Images) || kernel.Reduction.Any(static axis => axis.Count == Contraction.Images);

    public void Emit(string name)
    {
        int outer = _rows.Count > 1 ? _rows[_rows.Count - 2].Count : 1;
        int inner = _rows.Count > 0 ? _rows[_rows.Count - 1].Count : 1;
        bool exact = _kernel.Start == StartValue.Previous;
        List<TileSpan> spans = Expand(TileChooser.Choose(set, section.Width, outer, inner, exact));
        string tiles = string.Join(" and ", spans.Select(static span => $"{Vectors.Number(span.Tile.OuterRows)}x{Vectors.Number(span.Tile.InnerRows)} rows of {Vectors.Number(span.Tile.Lanes)} lanes").Distinct());
        writer.Line($"// Tiles: {tiles}.");
        writer.Line(Attributes);
        using (writer.Block($"internal static void {name}({Parameters(body)})"))
        using (writer.Block("unchecked"))
        {
            if (OverImages)
            {
                EmitFewImages(name, spans);
            }

            EmitPanels(spans);
        }

        if (!OverImages)
            return;
        writer.Line();
        writer.Line("// One row: as many lanes as there are registers for, since the weights are read once.");
        writer.Line(Attributes);
        using (writer.Block($"private static void {name}Row({Parameters(body)})"))
        using (writer.Block("unchecked"))
            EmitPanels(SingleRow());
    }

    /// <summary>With fewer images than a tile has rows the tile would reach past the batch.</summary>
    private void EmitFewImages(string name, List<TileSpan> spans)
    {
        int rows = spans.Max(static span => span.Tile.InnerRows);
        if (rows == 1)
            return;
        using (writer.Block($"if (images < {Vectors.Number(rows)})"))
        {
            string start = _start is null ? string.Empty : $"ref {_start}, ";
            writer.Indented(
                "for (int image = 0; image < images; image++)",
                $"{name}Row(ref Unsafe.Add(ref {_a}, image * {Vectors.Number(_rows[0].AStride)}), ref {_b}, {start}ref Unsafe.Add(ref {_c}, image * {Vectors.Number(_rows[0].CStride * section.CUnit)}), 1);");
            writer.Line("return;");
        }

        writer.Line();
    }

    private void EmitPanels(List<TileSpan> spans)
    {
        if (!_kernel.Panels)
        {
            EmitSpans(spans, _a, _b);
            return;
        }

        ReductionAxis panels = _kernel.Reduction[0];
        using (writer.Block($"for (int panel = 0; panel < {Vectors.Number(panels.Count)}; panel++)"))
        {
            writer.Line($"ref float {_a}Panel = ref Unsafe.Add(ref {_a}, panel * {Vectors.Number(panels.AStride)});");
            writer.Line($"ref float {_b}Panel = ref Unsafe.Add(ref {_b}, panel * {Vectors.Number(panels.BStride * section.BUnit)});");
            EmitSpans(spans, _a + "Panel", _b + "Panel");
        }
    }

    private void EmitSpans(List<TileSpan> spans, string a, string b)
    {
        foreach (TileSpan span in spans)
        {
            if (span.Repeat > 1)
            {
                using (writer.Block($"for (int lane = {Vectors.Number(span.Lane)}; lane < {Vectors.Number(span.Lane + (span.Repeat * span.Tile.Lanes))}; lane += {Vectors.Number(span.Tile.Lanes)})"))
                    EmitRows(span, a, b, "lane");
            }
            else
            {
                using (writer.Braces())
                    EmitRows(span, a, b, span.Lane == 0 ? string.Empty : Vectors.Number(span.Lane));
            }
        }
    }

    private void EmitRows(TileSpan span, string a, string b, string lane)
    {
        List<string> aTerms = [];
        List<string> cTerms = [];
        List<SourceWriter.Scope> scopes = [];
        for (int axis = 0; axis < _rows.Count - 2; axis++)
        {
            string index = "row" + Vectors.Number(axis);
            scopes.Add(writer.Block($"for (int {index} = 0; {index} < {Vectors.Number(_rows[axis].Count)}; {index}++)"));
            AddTerms(aTerms, cTerms, index, _rows[axis]);
        }

        if (_rows.Count > 1)
        {
            scopes.Add(RowLoop("outer", _rows[_rows.Count - 2].Count, span.Tile.OuterRows));
            AddTerms(aTerms, cTerms, "outer", _rows[_rows.Count - 2]);
        }

        if (_rows.Count == 0)
            EmitTile(span, a, b, lane, aTerms, cTerms, 1, 1);
        else
            EmitInner(span, a, b, lane, aTerms, cTerms);
        scopes.Reverse();
        foreach (SourceWriter.Scope scope in scopes)
            scope.Dispose();
    }

    private void EmitInner(TileSpan span, string a, string b, string lane, List<string> aTerms, List<string> cTerms)
    {
        RowAxis axis = _rows[_rows.Count - 1];
        int rest = axis.Count == Contraction.Images ? 0 : axis.Count % span.Tile.InnerRows;
        bool split = rest != 0 && _kernel.Start == StartValue.Previous;
        List<string> aInner = [.. aTerms];
        List<string> cInner = [.. cTerms];
        AddTerms(aInner, cInner, "inner", axis);
        using (RowLoop("inner", split ? axis.Count - rest : axis.Count, span.Tile.InnerRows))
            EmitTile(span, a, b, lane, aInner, cInner, span.Tile.OuterRows, span.Tile.InnerRows);
        if (!split)
            return;

        // A kernel that accumulates may not do a row twice, so the rows that are left have a tile of their own.
        using (writer.Braces())
        {
            List<string> aRest = [.. aTerms, Vectors.Number((axis.Count - rest) * axis.AStride)];
            List<string> cRest = [.. cTerms, Vectors.Number((axis.Count - rest) * axis.CStride * section.CUnit)];
            EmitTile(span, a, b, lane, aRest, cRest, span.Tile.OuterRows, rest);
        }
    }

    /// <summary>A loop over tiles; where they do not divide the axis, the last one overlaps the one before and does some rows again.</summary>
    private SourceWriter.Scope RowLoop(string index, int count, int step)
    {
        if (count == Contraction.Images)
        {
            SourceWriter.Scope images = writer.Block($"for (int next = 0; next < images; next += {Vectors.Number(step)})");
            writer.Line(step == 1 ? $"int {index} = next;" : $"int {index} = Math.Min(next, images - {Vectors.Number(step)});");
            return images;
        }

        if (count % step == 0)
            return writer.Block($"for (int {index} = 0; {index} < {Vectors.Number(count)}; {index} += {Vectors.Number(step)})");
        SourceWriter.Scope scope = writer.Block($"for (int {index}Tile = 0; {index}Tile < {Vectors.Number(count)}; {index}Tile += {Vectors.Number(step)})");
        writer.Line($"int {index} = Math.Min({index}Tile, {Vectors.Number(count - step)});");
        return scope;
    }

    private void AddTerms(List<string> aTerms, List<string> cTerms, string index, RowAxis axis)
    {
        aTerms.Add(Term(index, axis.AStride));
        cTerms.Add(Term(index, axis.CStride * section.CUnit));
    }

    private static string Term(string index, int stride) => stride == 1 ? index : $"({index} * {Vectors.Number(stride)})";

    private void EmitTile(TileSpan span, string a, string b, string lane, List<string> aTerms, List<string> cTerms, int outerRows, int innerRows)
    {
        TileText tile = new(writer, _kernel, section, span.Tile, outerRows, innerRows, _rows);
        List<string> lanes = lane.Length == 0 ? [] : [lane];
        tile.Reference("at", a, _kernel.VectorOperand ? [.. aTerms, .. lanes] : aTerms);
        tile.Reference("bt", b, lanes);
        tile.Reference("ct", _c, [.. cTerms, .. lanes]);
        string? start = null;
        if (_start is not null || _kernel.Panels)
        {
            tile.Reference("start", _start ?? "KernelConstants.Zeros", _start is null ? [] : lanes);
            start = "start";
        }

        tile.Emit(start, span.Lane);
    }

    /// <summary>Where the last lanes must be masked, every tile needs its own text.</summary>
    private List<TileSpan> Expand(IEnumerable<TileSpan> spans)
    {
        if (section.ValidLanes == section.Width)
            return [.. spans];
        return [.. spans.SelectMany(static span => Enumerable.Range(0, span.Repeat).Select(index => new TileSpan(span.Lane + (index * span.Tile.Lanes), 1, span.Tile)))];
    }

    private List<TileSpan> SingleRow()
    {
        int lanes = TileChooser.VectorLanes(set);
        int most = set == KernelSetKind.Scalar ? 4 : 8;
        List<TileSpan> spans = [];
        int lane = 0;
        while (lane < section.Width)
        {
            List<int> columns = [];
            while (columns.Count < most && lane + columns.Sum() + lanes <= section.Width)
                columns.Add(lanes);
            if (columns.Count < most && lane + columns.Sum() < section.Width && section.Width - lane - columns.Sum() < lanes)
                columns.Add(section.Width - lane - columns.Sum());
            Tile tile = new() { Columns = Collections.EquatableArray.ToEquatableArray(columns), OuterRows = 1, InnerRows = 1 };
            if (spans.Count > 0 && spans[^1].Tile == tile)
                spans[^1] = spans[^1] with { Repeat = spans[^1].Repeat + 1 };
            else
                spans.Add(new TileSpan(lane, 1, tile));
            lane += tile.Lanes;
        }

        return Expand(spans);
    }
}
