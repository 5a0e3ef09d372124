using Cnn.Generator.Planning;
using Cnn.Generator.Text;

namespace Cnn.Generator.Emission;

/// <summary>Writes one register tile: accumulators as scalar locals, the loops of the reduction, and the stores.</summary>
internal sealed class TileText(SourceWriter writer, Contraction kernel, LaneSection section, Tile tile, int outerRows, int innerRows, IReadOnlyList<RowAxis> rows)
{
    private int RowCount => outerRows * innerRows;

    private int Columns => tile.Columns.Length;

    /// <summary>Declares a reference at some offset from another.</summary>
    public void Reference(string name, string source, IReadOnlyList<string> terms)
    {
        string offset = string.Join(" + ", terms.Where(static term => term != "0"));
        writer.Line(offset.Length == 0 ? $"ref float {name} = ref {source};" : $"ref float {name} = ref Unsafe.Add(ref {source}, {offset});");
    }

    public void Emit(string? start, int lane)
    {
        EmitAccumulators(start);
        List<ReductionAxis> axes = [.. kernel.Reduction.Skip(kernel.Panels ? 1 : 0)];
        EmitReduction(axes, 0, "at", "bt");
        EmitActivation();
        EmitStores(lane);
    }

    private static string Accumulator(int row, int column) => $"acc{Vectors.Number(row)}_{Vectors.Number(column)}";

    private void EmitAccumulators(string? start)
    {
        if (kernel.Panels)
        {
            // The first panel starts from the bias, the others from the sums so far.
            writer.Line("bool first = panel == 0;");
            if (start is not null)
                writer.Line($"ref float from = ref first ? ref {start} : ref ct;");
        }

        for (int row = 0; row < RowCount; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                int lanes = tile.Columns[column];
                string value = Vectors.Zero(lanes);
                if (kernel.Panels)
                    value = Vectors.Load(lanes, PanelStart(row, LaneOffset(column)));
                else if (kernel.Start == StartValue.Vector)
                    value = row == 0 ? Vectors.Load(lanes, Vectors.Offset("start", LaneOffset(column))) : Accumulator(0, column);
                else if (kernel.Start == StartValue.Previous)
                    value = Vectors.Load(lanes, Vectors.Offset("ct", COffset(row) + LaneOffset(column)));
                writer.Line($"{Vectors.Type(lanes)} {Accumulator(row, column)} = {value};");
            }
        }
    }

    private string PanelStart(int row, int lane)
    {
        int offset = COffset(row);
        if (offset == 0)
            return Vectors.Offset("from", lane);
        return $"Unsafe.Add(ref from, first ? {Vectors.Number(lane)} : {Vectors.Number(offset + lane)})";
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
        string index = "k" + Vectors.Number(depth);
        string count = axis.Count == Contraction.Images ? "images" : Vectors.Number(axis.Count);
        using (writer.Block($"for (int {index} = 0; {index} < {count}; {index}++)"))
        {
            if (depth + 1 < axes.Count)
            {
                string innerA = "a" + Vectors.Number(depth + 1);
                string innerB = "b" + Vectors.Number(depth + 1);
                writer.Line($"ref float {innerA} = ref {a};");
                writer.Line($"ref float {innerB} = ref {b};");
                EmitReduction(axes, depth + 1, innerA, innerB);
            }
            else
            {
                EmitStep(a, b);
            }

            writer.Line($"{a} = ref Unsafe.Add(ref {a}, {Vectors.Number(axis.AStride)});");
            writer.Line($"{b} = ref Unsafe.Add(ref {b}, {Vectors.Number(axis.BStride * section.BUnit)});");
        }
    }

    private void EmitStep(string a, string b)
    {
        for (int column = 0; column < Columns; column++)
            writer.Line($"{Vectors.Type(tile.Columns[column])} b_{Vectors.Number(column)} = {Vectors.Load(tile.Columns[column], Vectors.Offset(b, LaneOffset(column)))};");
        for (int row = 0; row < RowCount; row++)
        {
            int offset = AOffset(row);
            if (kernel.VectorOperand)
            {
                for (int column = 0; column < Columns; column++)
                {
                    int lanes = tile.Columns[column];
                    writer.Line(Accumulate(row, column, Vectors.Load(lanes, Vectors.Offset(a, offset + LaneOffset(column)))));
                }

                continue;
            }

            int widest = tile.Columns.Max();
            string x = "x" + Vectors.Number(row);
            writer.Line($"{Vectors.Type(widest)} {x} = {Vectors.Broadcast(widest, Vectors.Offset(a, offset))};");
            for (int column = 0; column < Columns; column++)
                writer.Line(Accumulate(row, column, tile.Columns[column] == widest ? x : $"{x}.GetLower()"));
        }
    }

    private string Accumulate(int row, int column, string x)
    {
        string accumulator = Accumulator(row, column);
        return $"{accumulator} = {Vectors.MultiplyAdd(tile.Columns[column], x, "b_" + Vectors.Number(column), accumulator)};";
    }

    private void EmitActivation()
    {
        if (kernel.Epilogue.Kind == EpilogueKind.None)
            return;
        if (kernel.Panels)
        {
            using (writer.Block($"if (panel == {Vectors.Number(kernel.Reduction[0].Count - 1)})"))
                Activate();
            return;
        }

        Activate();
    }

    private void Activate()
    {
        for (int row = 0; row < RowCount; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                string accumulator = Accumulator(row, column);
                writer.Line($"{accumulator} = {Vectors.Activate(kernel.Epilogue, tile.Columns[column], accumulator)};");
            }
        }
    }

    private void EmitStores(int lane)
    {
        for (int row = 0; row < RowCount; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                int lanes = tile.Columns[column];
                int valid = Math.Min(lanes, Math.Max(0, section.ValidLanes - lane - LaneOffset(column)));
                string accumulator = Accumulator(row, column);
                string reference = Vectors.Offset("ct", COffset(row) + LaneOffset(column));
                if (section.ValidLanes == section.Width || valid == lanes)
                    writer.Line(Vectors.Store(lanes, accumulator, reference));
                else if (!kernel.KeepsNeighbours)
                    writer.Line(Vectors.Store(lanes, valid == 0 ? Vectors.Zero(lanes) : $"KernelConstants.KeepLanes({accumulator}, {Vectors.Number(valid)})", reference));
                else if (valid > 0)
                    writer.Line($"KernelConstants.StoreLanes({accumulator}, ref {reference}, {Vectors.Number(valid)});");
            }
        }
    }

    private int LaneOffset(int column) => tile.Columns.Take(column).Sum();

    private int AOffset(int row) => RowOffset(row, static axis => axis.AStride);

    private int COffset(int row) => RowOffset(row, static axis => axis.CStride) * section.CUnit;

    private int RowOffset(int row, Func<RowAxis, int> stride)
    {
        if (rows.Count == 0)
            return 0;
        int inner = row % innerRows * stride(rows[rows.Count - 1]);
        return rows.Count == 1 ? inner : inner + (row / innerRows * stride(rows[rows.Count - 2]));
    }
}
