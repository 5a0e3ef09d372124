using Cnn.Generator.Collections;
using Cnn.Generator.Planning;
using Cnn.Generator.Text;

namespace Cnn.Generator.Emission;

/// <summary>Writes one register tile: accumulators as locals, the loops of the reduction, and the stores.</summary>
/// <param name="writer">Receives it.</param>
/// <param name="text">The kernel that it is a part of.</param>
/// <param name="section">Its lanes.</param>
/// <param name="tile">What is accumulated at once.</param>
/// <param name="rows">The row axes that the method loops over.</param>
/// <param name="ahead">What it asks for beside its own work.</param>
internal sealed class TileText(
    SourceWriter writer, KernelText text, LaneSection section, Tile tile, EquatableArray<RowAxis> rows, PanelAhead? ahead)
{
    /// <summary>The contraction, cut into panels.</summary>
    private readonly Contraction _kernel = text.Kernel;

    /// <summary>The rows that a step sums: the first, and that behind the last.</summary>
    private (int First, int End) _live = (0, tile.Rows);

    /// <summary>Vectors that one statement reads or writes.</summary>
    private const int MostVectors = 4;

    /// <summary>Accumulators that one line copies from others.</summary>
    private const int CopiesOfLine = 8;

    public void Emit(string? start)
    {
        EmitAccumulators(start);
        EmitReduction([.. _kernel.Reduction.Skip(_kernel.PanelAxes)], 0, "at", "bt");
        if (_kernel.PanelAxes > 0 && !_kernel.Epilogue.IsEmpty)
            EmitEpilogue();
        EmitStores();
        if (ahead is { FloatsBetweenTiles: not 0 })
            writer.Line($"ahead = ref At(ref ahead, {Expressions.Number(ahead.FloatsBetweenTiles)});");
    }

    private string FirstPanel => string.Join(" && ",
        Enumerable.Range(0, _kernel.PanelAxes).Select(axis => $"panel{Expressions.Number(axis)} == {(axis == 0 && text.SkipsPanels ? "firstTap" : "0")}"));

    private string LastPanel => string.Join(" && ", Enumerable.Range(0, _kernel.PanelAxes).Select(axis =>
        $"panel{Expressions.Number(axis)} == {(axis == 0 && text.SkipsPanels ? "endTap - 1" : Expressions.Number(_kernel.Reduction[axis].Count - 1))}"));

    /// <summary>The columns in groups of as many as one statement takes: the first of each, and how many.</summary>
    private IEnumerable<(int First, int Count)> Groups =>
        Enumerable.Range(0, (tile.Columns + MostVectors - 1) / MostVectors)
            .Select(group => (group * MostVectors, Math.Min(MostVectors, tile.Columns - (group * MostVectors))));

    private string Accumulator(int row, int column) => $"acc{Expressions.Number(row)}{(tile.Columns == 1 ? string.Empty : "_" + Expressions.Number(column))}";

    /// <summary>An offset of so many floats and so many vectors.</summary>
    private string Offset(int floats, int column)
    {
        string vectors = column == 0 ? string.Empty : column == 1 ? "Lanes" : $"({Expressions.Number(column)} * Lanes)";
        if (vectors.Length == 0)
            return Expressions.Number(floats);
        return floats == 0 ? vectors : $"{Expressions.Number(floats)} + {vectors}";
    }

    private void EmitAccumulators(string? start)
    {
        if (_kernel.PanelAxes > 0 && _kernel.Start != StartValue.Previous)
        {
            writer.Line("// The first panel starts from the bias or from zero, the others from the sums so far.");
            writer.Line($"bool start = {FirstPanel};");
            writer.Line($"ref float from = ref (start ? {start ?? "ref _run::KernelConstants.Zeros"} : ref ct);");
            for (int row = 0; row < tile.Rows; row++)
                EmitLoad("from", row, column => StartOrLater(COffset(row), column), Accumulator);
            return;
        }

        if (_kernel.Start == StartValue.Previous)
        {
            if (_kernel.PanelAxes > 0)
                writer.Line($"bool start = first && {FirstPanel};");
            for (int row = 0; row < tile.Rows; row++)
                EmitResume(row, _kernel.PanelAxes > 0 ? "start" : "first");
            return;
        }

        if (start is not null)
            writer.Line($"ref float from = {start};");
        if (_kernel.Start == StartValue.Vector)
            EmitLoad("from", 0, column => Offset(0, column), Accumulator);
        EmitCopies([.. Enumerable.Range(0, tile.Rows).SelectMany(row => Enumerable.Range(0, tile.Columns).Select(column => (row, column)))
            .Where(place => _kernel.Start != StartValue.Vector || place.row > 0)
            .Select(place => $"{Accumulator(place.row, place.column)} = {StartOf(place.row, place.column)}")]);
    }

    private string StartOf(int row, int column) => _kernel.Start switch
    {
        StartValue.Scalar => column > 0 ? Accumulator(row, 0) : $"Create({StartScalar(row)})",
        StartValue.Vector => Accumulator(0, column),
        _ => "Zero",
    };

    private string StartOrLater(int later, int column)
    {
        string vectors = Offset(0, column);
        return later == 0 ? vectors : $"start ? {vectors} : {Offset(later, column)}";
    }

    private string StartScalar(int row)
    {
        int offset = RowOffset(row, static axis => axis.StartStride);
        return offset == 0 ? "from" : $"At(ref from, {Expressions.Number(offset)})";
    }

    /// <summary>Declares vectors that stand side by side in memory.</summary>
    private void EmitLoad(string source, int row, Func<int, string> offset, Func<int, int, string> name)
    {
        foreach ((int first, int count) in Groups)
        {
            writer.Line(count == 1
                ? $"TVector {name(row, first)} = Load(ref {source}, {offset(first)});"
                : $"Load(ref {source}, {offset(first)}, "
                    + $"{string.Join(", ", Enumerable.Range(first, count).Select(column => "out TVector " + name(row, column)))});");
        }
    }

    private void EmitResume(int row, string condition)
    {
        foreach ((int first, int count) in Groups)
        {
            string offset = Offset(COffset(row), first);
            writer.Line(count == 1
                ? $"TVector {Accumulator(row, first)} = Resume({condition}, ref ct, {offset});"
                : $"Resume({condition}, ref ct, {offset}, "
                    + $"{string.Join(", ", Enumerable.Range(first, count).Select(column => "out TVector " + Accumulator(row, column)))});");
        }
    }

    private void EmitCopies(List<string> copies)
    {
        if (copies.Count == 0)
            return;
        IEnumerable<string> lines = Enumerable.Range(0, (copies.Count + CopiesOfLine - 1) / CopiesOfLine)
            .Select(line => string.Join(", ", copies.Skip(line * CopiesOfLine).Take(CopiesOfLine)));
        writer.Line($"TVector {string.Join(",\n    ", lines)};");
    }

    private void EmitReduction(IReadOnlyList<ReductionAxis> axes, int depth, string a, string b)
    {
        if (depth == axes.Count)
        {
            EmitStep(a, b);
            return;
        }

        ReductionAxis axis = axes[depth];
        if (axis.Count == 0)
            return;
        if (axis.Count == 1)
        {
            EmitReduction(axes, depth + 1, a, b);
            return;
        }

        if (_kernel.Line is { } line && depth == axes.Count - 1 - line.AxesInside)
        {
            EmitLine(line, axes, depth, a, b);
            return;
        }

        string index = "k" + Expressions.Number(depth);
        bool isRange = text.HasTapRange && !text.SkipsPanels && depth == 0;
        string count = axis.Count == Contraction.Images ? "images" : isRange ? "endTap" : Expressions.Number(axis.Count);
        if (isRange)
        {
            writer.Line($"{a} = {Expressions.At(a, [Expressions.Product("firstTap", axis.AStride)])};");
            writer.Line($"{b} = {Expressions.At(b, [Expressions.Product("firstTap", axis.BStride * section.BUnit)])};");
        }

        using (writer.Block($"for (int {index} = {(isRange ? "firstTap" : "0")}; {index} < {count}; {index}++)"))
        {
            if (axes.Skip(depth + 1).Any(static inner => inner.Count != 1))
            {
                string innerA = "a" + Expressions.Number(depth + 1);
                string innerB = "b" + Expressions.Number(depth + 1);
                writer.Line($"ref float {innerA} = ref {a}, {innerB} = ref {b};");
                EmitReduction(axes, depth + 1, innerA, innerB);
            }
            else
            {
                EmitStep(a, b);
            }

            writer.Line($"{a} = ref At(ref {a}, {Expressions.Number(axis.AStride)});");
            writer.Line($"{b} = ref At(ref {b}, {Expressions.Number(axis.BStride * section.BUnit)});");
        }
    }

    /// <summary>Each tap along a line by itself.</summary>
    private void EmitLine(LineTaps line, IReadOnlyList<ReductionAxis> axes, int depth, string a, string b)
    {
        writer.Line("// At each tap along the line, the positions that meet more than the border of zeros.");
        (int First, int End) all = _live;
        for (int tap = 0; tap < axes[depth].Count; tap++)
        {
            _live = line.Positions(tap);
            if (_live.First == _live.End)
                continue;
            using (writer.Braces())
            {
                string tapA = "a" + Expressions.Number(depth + 1), tapB = "b" + Expressions.Number(depth + 1);
                writer.Line($"ref float {tapA} = {Ahead(a, tap * axes[depth].AStride)}, {tapB} = {Ahead(b, tap * axes[depth].BStride * section.BUnit)};");
                EmitReduction(axes, depth + 1, tapA, tapB);
            }
        }

        _live = all;
    }

    private static string Ahead(string name, int floats) => Expressions.At(name, floats == 0 ? [] : [Expressions.Number(floats)]);

    private void EmitStep(string a, string b)
    {
        EmitLoad(b, 0, column => Offset(0, column), static (_, column) => "v" + Expressions.Number(column));
        for (int line = 0; line < ahead?.LinesOfStep; line++)
            writer.Line("ahead = ref Prefetch(ref ahead);");
        for (int row = _live.First; row < _live.End; row++)
        {
            int offset = RowOffset(row, static axis => axis.AStride);
            if (_kernel.VectorOperand)
                EmitLanes(a, row, offset);
            else if (tile.Columns <= MostVectors)
                writer.Line($"MultiplyAdd(ref {a}, {Expressions.Number(offset)}, {Names(column => "v" + Expressions.Number(column))}, "
                    + $"{Names(column => "ref " + Accumulator(row, column))});");
            else
                EmitWideRow(a, row, offset);
        }
    }

    /// <summary>A row of a depthwise kernel, whose <c>a</c> is vectors too.</summary>
    private void EmitLanes(string a, int row, int offset)
    {
        if (_kernel.Repeats > 1)
        {
            writer.Line($"MultiplyAddRepeated(ref {a}, {Expressions.Number(offset)}, repetition, v0, ref {Accumulator(row, 0)});");
            return;
        }

        foreach ((int first, int count) in Groups)
        {
            int[] columns = [.. Enumerable.Range(first, count)];
            string vectors = string.Join(", ", columns.Select(static column => "v" + Expressions.Number(column)));
            string sums = string.Join(", ", columns.Select(column => "ref " + Accumulator(row, column)));
            writer.Line($"MultiplyAddLanes(ref {a}, {Offset(offset, first)}, {vectors}, {sums});");
        }
    }

    /// <summary>A row of more vectors than one statement takes: the number is broadcast once for all of them.</summary>
    private void EmitWideRow(string a, int row, int offset)
    {
        string x = "x" + Expressions.Number(row);
        writer.Line($"TVector {x} = Create({(offset == 0 ? a : $"At(ref {a}, {Expressions.Number(offset)})")});");
        writer.Line(Join(column => $"MultiplyAdd({x}, v{Expressions.Number(column)}, ref {Accumulator(row, column)});"));
    }

    private void EmitEpilogue()
    {
        using (writer.Block($"if ({LastPanel})"))
        {
            for (int row = 0; row < tile.Rows; row++)
                EmitFinish(row);
        }
    }

    private void EmitStores()
    {
        for (int row = 0; row < tile.Rows; row++)
        {
            if (section.ValidLanes == section.Width)
                EmitStore(row);
            else
                EmitStoreValid(row);
        }
    }

    /// <summary>Whether sums are finished as they are stored: where more panels follow, they are finished behind the last.</summary>
    private bool FinishesStores => _kernel.PanelAxes == 0 && !_kernel.Epilogue.IsEmpty;

    private void EmitFinish(int row)
    {
        foreach ((int first, int count) in Groups)
        {
            string sums = string.Join(", ", Enumerable.Range(first, count).Select(column => "ref " + Accumulator(row, column)));
            writer.Line($"Finish(epilogue, {Residual(row, first)}{sums});");
        }
    }

    private string Residual(int row, int column) => _kernel.Epilogue.HasResidual ? $"ref rt, {Offset(ResidualOffset(row), column)}, " : string.Empty;

    private void EmitStore(int row)
    {
        foreach ((int first, int count) in Groups)
        {
            string sums = string.Join(", ", Enumerable.Range(first, count).Select(column => Accumulator(row, column)));
            writer.Line($"Store({(FinishesStores ? "epilogue, " + Residual(row, first) : string.Empty)}ref ct, {Offset(COffset(row), first)}, {sums});");
        }
    }

    private void EmitStoreValid(int row)
    {
        if (FinishesStores)
            EmitFinish(row);
        writer.Line(Join(column => StoreValid(row, column)));
    }

    /// <summary>Other channels follow the valid lanes at once, or zeros are wanted there.</summary>
    private string StoreValid(int row, int column)
    {
        string place = $"ref ct, {Offset(COffset(row), column)}, {Accumulator(row, column)}";
        string before = column == 0 ? string.Empty : " - " + Offset(0, column);
        return $"{(_kernel.KeepsNeighbours ? "StoreValid" : "StoreValidAndZeros")}({place}, {Expressions.Number(section.ValidLanes)} - lane{before});";
    }

    private string Names(Func<int, string> name) => string.Join(", ", Enumerable.Range(0, tile.Columns).Select(name));

    private string Join(Func<int, string> statement) => string.Join(" ", Enumerable.Range(0, tile.Columns).Select(statement));

    private int ResidualOffset(int row) => RowOffset(row, static axis => axis.ResidualStride);

    private int COffset(int row) => RowOffset(row, static axis => axis.CStride) * section.CUnit;

    private int RowOffset(int row, Func<RowAxis, int> stride)
    {
        if (rows.Length == 0)
            return 0;
        int inner = row % tile.InnerRows * stride(rows[rows.Length - 1]);
        return rows.Length == 1 ? inner : inner + (row / tile.InnerRows * stride(rows[rows.Length - 2]));
    }
}
