using Cnn.Generator.Collections;
using Cnn.Generator.Planning;
using Cnn.Generator.Text;

namespace Cnn.Generator.Emission;

/// <summary>Writes the kernel of one lane section of a contraction, once for all instruction sets: register tiles with literal bounds.</summary>
/// <param name="writer">Receives it.</param>
/// <param name="body">The contraction.</param>
/// <param name="section">Its lanes.</param>
/// <param name="text">Its tiles.</param>
internal sealed class TileEmitter(SourceWriter writer, ContractionBody body, LaneSection section, KernelText text)
{
    private readonly Contraction _kernel = text.Kernel;
    private readonly string _a = body.Operands[0].Name;
    private readonly string _b = body.Operands[1].Name;
    private readonly string _c = body.Operands[body.Operands.Length - 1].Name;
    private readonly PanelAhead? _ahead = PanelAhead.Of(text, section);
    private readonly string? _start = body.Contraction.HasStartValues ? body.Operands[2].Name : null;
    private readonly string? _residual = body.Contraction.Epilogue.HasResidual ? ContractionBody.Residual : null;

    /// <summary>The row axes that the method loops over: not those that the caller's units cover.</summary>
    private readonly EquatableArray<RowAxis> _rows = KernelText.Rows(body.Contraction);

    /// <summary>The constant, a member of the class of all kernels, of how the JIT compiles one.</summary>
    public const string Optimized = "Optimized";

    /// <summary>What a method has that the JIT compiles at once and for good.</summary>
    public const string OptimizedAttribute = $"[_il::MethodImpl({Optimized})]";

    /// <summary>Declares what all kernels share.</summary>
    public static void EmitShared(SourceWriter writer) =>
        writer.Line($"protected const _il::MethodImplOptions {Optimized} = _il::MethodImplOptions.NoInlining | _il::MethodImplOptions.AggressiveOptimization;");

    /// <summary>The parameters of a kernel.</summary>
    public static string Parameters(ContractionBody body) => StepSignature.KernelParameters(body, Numbers(body));

    /// <summary>The arguments that hand a kernel's parameters on.</summary>
    /// <param name="body">The contraction.</param>
    /// <param name="references">The operands.</param>
    /// <param name="share">Which part of the rows, of how many; used where a call does the whole of an image.</param>
    public static string Arguments(ContractionBody body, IEnumerable<string> references, string share = "part, parts")
    {
        IEnumerable<string> numbers = (Numbers(body) & ~RunNumbers.Share).Each().Select(StepSignature.NameOf);
        return string.Join(", ", [.. references, .. numbers, .. Numbers(body).HasFlag(RunNumbers.Share) ? [share] : Array.Empty<string>()]);
    }

    /// <summary>Those of the step but the range of units, which stands around the kernel.</summary>
    private static RunNumbers Numbers(ContractionBody body) => body.Numbers & ~RunNumbers.Range;

    /// <summary>Writes the kernel.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="rowName">The name of the kernel of a single row, where rows are images.</param>
    public void Emit(string name, string rowName)
    {
        Tile tile = text.Tile;
        writer.Line($"// Tile: {Expressions.Number(tile.OuterRows)}x{Expressions.Number(tile.InnerRows)} rows by {Expressions.Number(tile.Columns)} vectors.");
        using (Method("internal", name, Parameters(body)))
        using (writer.Block("unchecked"))
        {
            EmitEpilogue();
            if (text.IsOverImages)
                EmitWholeImages(tile.InnerRows);
            if (IsShared)
                EmitShare();
            EmitPanels(single: false);
            if (text.IsOverImages)
                EmitLastImages(rowName);
        }
    }

    /// <summary>Writes the kernel of a single image.</summary>
    public void EmitRow(string name)
    {
        writer.Line("// One row, for images that fill no tile: the weights are read once, as fast as memory gives them.");
        using (Method("private", name, StepSignature.KernelParameters(body, RunNumbers.None)))
        using (writer.Block("unchecked"))
        {
            EmitEpilogue();
            EmitPanels(single: true);
        }
    }

    private void EmitEpilogue()
    {
        if (!_kernel.Epilogue.IsEmpty)
            writer.Line(Expressions.EpilogueLocal(_kernel.Epilogue, "epilogue"));
    }

    private SourceWriter.Scope Method(string access, string name, string parameters)
    {
        writer.Line(OptimizedAttribute);
        return writer.Block($"{access} static void {name}({parameters})");
    }

    private void EmitWholeImages(int rows)
    {
        string step = Expressions.Number(rows);
        if (_kernel.RowsOnce)
        {
            writer.Line($"int whole = images / {step} * {step};");
            return;
        }

        writer.Line("// The last tile overlaps the one before; fewer images than a tile has rows are done one by one.");
        writer.Line($"int whole = images < {step} ? 0 : images;");
    }

    /// <summary>Whether several workers may share the rows.</summary>
    private bool IsShared => body.Contraction.Units == UnitKind.None;

    /// <summary>The part's tiles along the shared axis. Parts are whole tiles, so that each row is computed as it would be alone.</summary>
    private void EmitShare()
    {
        if (text.SharedAxis is not { } axis)
        {
            writer.Indented("if (part > 0)", "return;");
            return;
        }

        if (text.Tiles(axis) == 1)
        {
            writer.Indented("if (part < parts - 1)", "return;");
            return;
        }

        int step = text.RowsOfTile(axis);
        string number = Expressions.Number(text.Tiles(axis));
        string first = step == 1 ? $"part * {number} / parts" : $"part * {number} / parts * {Expressions.Number(step)}";
        string end = step == 1 ? $"(part + 1) * {number} / parts" : $"(part + 1) * {number} / parts * {Expressions.Number(step)}";
        writer.Line($"int firstRow = {first}, endRow = {end};");
    }

    private void EmitLastImages(string rowName)
    {
        List<string> references = [Step(_a, _rows[0].AStride), "ref " + _b];
        if (_start is not null)
            references.Add("ref " + _start);
        if (_residual is not null)
            references.Add(Step(_residual, _rows[0].ResidualStride));
        references.Add(Step(_c, _rows[0].CStride * section.CUnit));
        writer.Indented("for (int image = whole; image < images; image++)", $"{rowName}({string.Join(", ", references)});");
    }

    private static string Step(string name, int stride) => Expressions.At(name, [Expressions.Product("image", stride)]);

    private void EmitPanels(bool single)
    {
        using Scopes scopes = new();
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
            writer.Line($"ref float {_a}Panel = {Expressions.At(_a, aTerms)};");
            writer.Line($"ref float {_b}Panel = {Expressions.At(_b, bTerms)};");
            EmitLanes(_a + "Panel", _b + "Panel", single);
        }
        else
        {
            EmitLanes(_a, _b, single);
        }
    }

    private void EmitLanes(string a, string b, bool single)
    {
        Tile tile = text.Tile;
        using Scopes scopes = new();
        if (_ahead is not null)
            writer.Line($"ref float ahead = {Expressions.At(b, [Expressions.Number(_ahead.Floats)])};");
        string vectors = tile.Columns == 1 ? string.Empty : Expressions.Number(tile.Columns) + " * ";
        string loop = $"for (int lane = 0; lane < {Expressions.Number(section.Width)}; lane += {vectors}Lanes)";
        bool repeats = _kernel.Repeats > 1;
        if (!single && !repeats && IsOneLoop(tile))
            writer.Line(loop);
        else
            scopes.Add(writer.Block(loop));
        if (repeats)
            writer.Line($"TVector repetition = Repetition({Repeated("lane")}, {Expressions.Number(_kernel.Repeats)});");
        if (single)
            EmitTile(tile, a, b, new Terms());
        else
            EmitRows(tile, a, b);
    }

    /// <summary>A lane of the section, counted from the first that reads the same float of <c>a</c> as the section's first.</summary>
    private string Repeated(string lane) => section.RepeatsBefore == 0 ? lane : $"({Expressions.Number(section.RepeatsBefore)} + {lane})";

    /// <summary>Where a lane's vector of <c>a</c> begins.</summary>
    private string LaneOfA => _kernel.Repeats > 1 ? $"({Repeated("lane")} / {Expressions.Number(_kernel.Repeats)})" : "lane";

    /// <summary>Whether the rows are one loop and nothing beside it.</summary>
    private bool IsOneLoop(Tile tile)
    {
        bool hasOuter = Enumerable.Range(0, Math.Max(0, _rows.Length - 1))
            .Any(axis => axis == SharedAxis || _rows[axis].Count != (axis == _rows.Length - 2 ? tile.OuterRows : 1));
        return hasOuter || (_rows.Length > 0 && RestOf(tile) == 0 && (_rows.Length - 1 == SharedAxis || _rows[_rows.Length - 1].Count != tile.InnerRows));
    }

    /// <summary>Rows behind the last whole tile of a kernel that may not do a row twice.</summary>
    private int RestOf(Tile tile)
    {
        int count = _rows[_rows.Length - 1].Count;
        return count == Contraction.Images || !_kernel.RowsOnce ? 0 : count % tile.InnerRows;
    }

    private void EmitRows(Tile tile, string a, string b)
    {
        Terms terms = new();
        using Scopes scopes = new();
        for (int axis = 0; axis < _rows.Length - 1; axis++)
        {
            bool isOuter = axis == _rows.Length - 2;
            terms = Rows(scopes, terms, IndexOf(axis), axis, _rows[axis].Count, isOuter ? tile.OuterRows : 1);
        }

        if (_rows.Length == 0)
            EmitTile(tile, a, b, terms);
        else
            EmitInner(tile, a, b, terms);
    }

    private void EmitInner(Tile tile, string a, string b, Terms terms)
    {
        RowAxis axis = _rows[_rows.Length - 1];
        int rest = RestOf(tile);
        bool split = rest != 0;
        using (Scopes scopes = new())
        {
            Terms inside = Rows(scopes, terms, IndexOf(_rows.Length - 1), _rows.Length - 1, split ? axis.Count - rest : axis.Count, tile.InnerRows);
            // Two tiles in one block would declare the same locals.
            if (split && inside == terms)
                scopes.Add(writer.Braces());
            EmitTile(tile, a, b, inside);
        }

        if (!split)
            return;

        // A kernel that accumulates may not do a row twice, so the rows that are left have a tile of their own.
        bool lastPart = SharedAxis == _rows.Length - 1;
        using (lastPart ? writer.Block("if (part == parts - 1)") : writer.Braces())
            EmitTile(tile with { InnerRows = rest }, a, b, Add(terms, axis.Count - rest, axis));
    }

    /// <summary>The axis of which a part has some of several tiles.</summary>
    private int? SharedAxis => text.SharedAxis is { } axis && text.Tiles(axis) > 1 ? axis : null;

    /// <summary>Opens the loop over an axis' tiles, unless there is one tile, and says where they start.</summary>
    private Terms Rows(Scopes scopes, Terms terms, string index, int axis, int count, int step)
    {
        if (!HasLoop(axis, count, step))
            return terms;
        scopes.Add(RowLoop(index, axis, count, step));
        return Add(terms, index, _rows[axis]);
    }

    private bool HasLoop(int axis, int count, int step) => count != step || axis == SharedAxis;

    /// <summary>The variable of the loop over an axis.</summary>
    private string IndexOf(int axis) => (_rows.Length - axis) switch { 1 => "inner", 2 => "outer", _ => "row" + Expressions.Number(axis) };

    /// <summary>A loop over tiles; where they do not divide the axis, the last one overlaps the one before and does some rows again.</summary>
    private SourceWriter.Scope RowLoop(string index, int axis, int count, int step)
    {
        bool images = count == Contraction.Images;
        bool shared = axis == SharedAxis;
        string begin = shared ? "firstRow" : "0";
        string end = shared ? "endRow" : images ? "whole" : Expressions.Number(count);
        string stepText = step == 1 ? "++" : $" += {Expressions.Number(step)}";
        if (images ? _kernel.RowsOnce || step == 1 : count % step == 0)
            return writer.Block($"for (int {index} = {begin}; {index} < {end}; {index}{stepText})");
        SourceWriter.Scope scope = writer.Block($"for (int {index}Tile = {begin}; {index}Tile < {end}; {index}Tile{stepText})");
        string last = images ? $"whole - {Expressions.Number(step)}" : Expressions.Number(count - step);
        writer.Line($"int {index} = int.Min({index}Tile, {last});");
        return scope;
    }

    private Terms Add(Terms terms, string index, RowAxis axis) => new(
        Plus(terms.A, index, axis.AStride), Plus(terms.C, index, axis.CStride * section.CUnit), Plus(terms.Start, index, axis.StartStride),
        Plus(terms.Residual, index, axis.ResidualStride));

    private Terms Add(Terms terms, int index, RowAxis axis) => new(
        Plus(terms.A, index * axis.AStride), Plus(terms.C, index * axis.CStride * section.CUnit), Plus(terms.Start, index * axis.StartStride),
        Plus(terms.Residual, index * axis.ResidualStride));

    private static List<string> Plus(List<string> terms, int number) => number == 0 ? terms : [.. terms, Expressions.Number(number)];

    private static List<string> Plus(List<string> terms, string index, int stride) => stride == 0 ? terms : [.. terms, Expressions.Product(index, stride)];

    private void EmitTile(Tile tile, string a, string b, Terms terms)
    {
        writer.Line($"ref float at = {Expressions.At(a, _kernel.VectorOperand ? [.. terms.A, LaneOfA] : terms.A)};");
        writer.Line($"ref float bt = {Expressions.At(b, ["lane"])};");
        writer.Line($"ref float ct = {Expressions.At(_c, [.. terms.C, "lane"])};");
        if (_residual is not null)
            writer.Line($"ref float rt = {Expressions.At(_residual, [.. terms.Residual, "lane"])};");
        string? start = _start is null ? null : Expressions.At(_start, _kernel.Start == StartValue.Scalar ? terms.Start : ["lane"]);
        if (text.HasTapRange)
            EmitRange(_kernel.OutermostTaps!);
        if (text.SkipsPanels)
            writer.Indented("if (panel0 < firstTap || panel0 >= endTap)", "continue;");
        new TileText(writer, text, section, tile, _rows, _ahead).Emit(start);
    }

    /// <summary>Which taps meet inputs from some of a tile's rows.</summary>
    private void EmitRange(TapRange taps)
    {
        int more = text.RowsOfTile(0) - 1;
        string last = more == 0 ? IndexOf(0) : $"({IndexOf(0)} + {Expressions.Number(more)})";
        writer.Line("// Taps outside of these meet the border of zeros alone.");
        writer.Line($"int firstTap = {Quotient(taps.FirstReach, last)};");
        writer.Line($"int endTap = int.Min({Expressions.Number(taps.Taps)}, {Quotient(taps.EndReach, IndexOf(0))});");

        string Quotient(int reach, string row)
        {
            string distance = $"int.Max(0, {Expressions.Number(reach)} - {Expressions.Product(row, taps.Stride)})";
            return taps.Dilation == 1 ? distance : $"{distance} / {Expressions.Number(taps.Dilation)}";
        }
    }

    /// <summary>What is added up to where a tile starts in <c>a</c>, in <c>c</c>, among the start values and in the residual.</summary>
    private sealed record Terms(List<string> A, List<string> C, List<string> Start, List<string> Residual)
    {
        public Terms()
            : this([], [], [], [])
        {
        }
    }
}
