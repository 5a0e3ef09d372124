using Cnn.Generator.Planning;
using Cnn.Generator.Text;

namespace Cnn.Generator.Emission;

/// <summary>Writes the kernel of one lane section of a contraction, once for all instruction sets: register tiles with literal bounds.</summary>
internal sealed class TileEmitter(SourceWriter writer, ContractionBody body, LaneSection section)
{
    private readonly Contraction _kernel = body.Contraction;
    private readonly string _a = body.Names[0];
    private readonly string _b = body.Names[1];
    private readonly string _c = body.Names[body.Names.Length - 1];
    private readonly string? _start = body.Contraction.Start == StartValue.Vector ? body.Names[2] : null;

    /// <summary>The row axes that the method loops over: not those that the caller's units cover.</summary>
    private readonly List<RowAxis> _rows = [.. body.Contraction.Rows.Skip(body.Contraction.OuterRowAxes)];

    private bool OverImages => _rows.Count == 1 && _rows[0].Count == Contraction.Images;

    /// <summary>The parameters of a kernel.</summary>
    public static string Parameters(ContractionBody body)
    {
        List<string> parameters = [.. body.Names.Select(static name => "ref float " + name)];
        if (UsesImages(body.Contraction))
            parameters.Add("int images");
        if (body.Contraction.Start == StartValue.Previous)
            parameters.Add("bool first");
        return string.Join(", ", parameters);
    }

    /// <summary>The arguments that hand a kernel's parameters on.</summary>
    public static string Arguments(ContractionBody body, IEnumerable<string> references)
    {
        List<string> arguments = [.. references];
        if (UsesImages(body.Contraction))
            arguments.Add("images");
        if (body.Contraction.Start == StartValue.Previous)
            arguments.Add("first");
        return string.Join(", ", arguments);
    }

    public static bool UsesImages(Contraction kernel) =>
        kernel.Rows.Any(static axis => axis.Count == Contraction.Images) || kernel.Reduction.Any(static axis => axis.Count == Contraction.Images);

    public void Emit(string name)
    {
        int outer = _rows.Count > 1 ? _rows[_rows.Count - 2].Count : 1;
        int inner = _rows.Count > 0 ? _rows[_rows.Count - 1].Count : 1;
        Tile tile = TileChooser.Choose(section.Width, outer, inner, _kernel.RowsOnce);
        writer.Line($"// Tile: {Expressions.Number(tile.OuterRows)}x{Expressions.Number(tile.InnerRows)} rows by {Expressions.Number(tile.Columns)} vectors.");
        EmitMethod("internal", name, () =>
        {
            if (OverImages)
                writer.Line($"int whole = images / {Expressions.Number(tile.InnerRows)} * {Expressions.Number(tile.InnerRows)};");
            EmitPanels(tile);
            if (OverImages)
                EmitLastImages(name);
        });
        if (!OverImages)
            return;
        writer.Line();
        writer.Line("// One row, for the images that fill no tile: the weights are read once, as fast as memory gives them.");
        EmitMethod("private", name + "Row", () => EmitPanels(new Tile(Math.Min(4, Math.Max(1, section.Width / 16)), 1, 1), single: true), single: true);
    }

    private void EmitMethod(string access, string name, Action statements, bool single = false)
    {
        string parameters = single ? string.Join(", ", body.Names.Select(static operand => "ref float " + operand)) : Parameters(body);
        writer.Line("[MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]");
        writer.Line($"{access} static void {name}<TSimd, TVector>({parameters})");
        writer.Line("    where TSimd : struct, ISimd<TVector>");
        writer.Line("    where TVector : struct");
        using (writer.Braces())
        using (writer.Block("unchecked"))
            statements();
    }

    private void EmitLastImages(string name)
    {
        List<string> references = [Step(_a, _rows[0].AStride), "ref " + _b];
        if (_start is not null)
            references.Add("ref " + _start);
        references.Add(Step(_c, _rows[0].CStride * section.CUnit));
        writer.Indented("for (int image = whole; image < images; image++)", $"{name}Row<TSimd, TVector>({string.Join(", ", references)});");
    }

    private static string Step(string name, int stride) => Expressions.Reference(name, [Expressions.Product("image", stride)]);

    private void EmitPanels(Tile tile, bool single = false)
    {
        List<SourceWriter.Scope> scopes = [];
        List<string> aTerms = [];
        List<string> bTerms = [];
        for (int axis = 0; axis < _kernel.PanelAxes; axis++)
        {
            string index = "panel" + Expressions.Number(axis);
            ReductionAxis panels = _kernel.Reduction[axis];
            scopes.Add(writer.Block($"for (int {index} = 0; {index} < {Expressions.Number(panels.Count)}; {index}++)"));
            aTerms.Add(Expressions.Product(index, panels.AStride));
            bTerms.Add(Expressions.Product(index, panels.BStride * section.BUnit));
        }

        if (_kernel.PanelAxes > 0)
        {
            writer.Line($"ref float {_a}Panel = {Expressions.Reference(_a, aTerms)};");
            writer.Line($"ref float {_b}Panel = {Expressions.Reference(_b, bTerms)};");
            EmitLanes(tile, _a + "Panel", _b + "Panel", single);
        }
        else
        {
            EmitLanes(tile, _a, _b, single);
        }

        scopes.Reverse();
        foreach (SourceWriter.Scope scope in scopes)
            scope.Dispose();
    }

    private void EmitLanes(Tile tile, string a, string b, bool single)
    {
        string step = tile.Columns == 1 ? "TSimd.Lanes" : $"{Expressions.Number(tile.Columns)} * TSimd.Lanes";
        using (writer.Block($"for (int lane = 0; lane < {Expressions.Number(section.Width)}; lane += {step})"))
        {
            if (single)
                EmitTile(tile, a, b, [], []);
            else
                EmitRows(tile, a, b);
        }
    }

    private void EmitRows(Tile tile, string a, string b)
    {
        List<string> aTerms = [];
        List<string> cTerms = [];
        List<SourceWriter.Scope> scopes = [];
        for (int axis = 0; axis < _rows.Count - 2; axis++)
        {
            string index = "row" + Expressions.Number(axis);
            scopes.Add(writer.Block($"for (int {index} = 0; {index} < {Expressions.Number(_rows[axis].Count)}; {index}++)"));
            AddTerms(aTerms, cTerms, index, _rows[axis]);
        }

        if (_rows.Count > 1)
        {
            scopes.Add(RowLoop("outer", _rows[_rows.Count - 2].Count, tile.OuterRows));
            AddTerms(aTerms, cTerms, "outer", _rows[_rows.Count - 2]);
        }

        if (_rows.Count == 0)
            EmitTile(tile, a, b, aTerms, cTerms);
        else
            EmitInner(tile, a, b, aTerms, cTerms);
        scopes.Reverse();
        foreach (SourceWriter.Scope scope in scopes)
            scope.Dispose();
    }

    private void EmitInner(Tile tile, string a, string b, List<string> aTerms, List<string> cTerms)
    {
        RowAxis axis = _rows[_rows.Count - 1];
        int rest = axis.Count == Contraction.Images ? 0 : axis.Count % tile.InnerRows;
        bool split = rest != 0 && _kernel.RowsOnce;
        List<string> aInner = [.. aTerms];
        List<string> cInner = [.. cTerms];
        AddTerms(aInner, cInner, "inner", axis);
        using (RowLoop("inner", split ? axis.Count - rest : axis.Count, tile.InnerRows))
            EmitTile(tile, a, b, aInner, cInner);
        if (!split)
            return;

        // A kernel that accumulates may not do a row twice, so the rows that are left have a tile of their own.
        using (writer.Braces())
        {
            List<string> aRest = [.. aTerms, Expressions.Number((axis.Count - rest) * axis.AStride)];
            List<string> cRest = [.. cTerms, Expressions.Number((axis.Count - rest) * axis.CStride * section.CUnit)];
            EmitTile(tile with { InnerRows = rest }, a, b, aRest, cRest);
        }
    }

    /// <summary>A loop over tiles; where they do not divide the axis, the last one overlaps the one before and does some rows again.</summary>
    private SourceWriter.Scope RowLoop(string index, int count, int step)
    {
        string stepText = step == 1 ? $"{index}++" : $"{index} += {Expressions.Number(step)}";
        if (count == Contraction.Images)
            return writer.Block($"for (int {index} = 0; {index} < whole; {stepText})");

        if (count % step == 0)
            return writer.Block($"for (int {index} = 0; {index} < {Expressions.Number(count)}; {stepText})");
        SourceWriter.Scope scope = writer.Block($"for (int {index}Tile = 0; {index}Tile < {Expressions.Number(count)}; {index}Tile += {Expressions.Number(step)})");
        writer.Line($"int {index} = Math.Min({index}Tile, {Expressions.Number(count - step)});");
        return scope;
    }

    private void AddTerms(List<string> aTerms, List<string> cTerms, string index, RowAxis axis)
    {
        aTerms.Add(Expressions.Product(index, axis.AStride));
        cTerms.Add(Expressions.Product(index, axis.CStride * section.CUnit));
    }

    private void EmitTile(Tile tile, string a, string b, List<string> aTerms, List<string> cTerms)
    {
        writer.Line($"ref float at = {Expressions.Reference(a, _kernel.VectorOperand ? [.. aTerms, "lane"] : [.. aTerms.Where(static term => term != "0")])};");
        writer.Line($"ref float bt = {Expressions.Reference(b, ["lane"])};");
        writer.Line($"ref float ct = {Expressions.Reference(_c, [.. cTerms, "lane"])};");
        new TileText(writer, _kernel, section, tile, _rows).Emit(_start);
    }
}
