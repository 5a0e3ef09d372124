using Cnn.Generator.Collections;
using Cnn.Generator.Planning;
using Cnn.Generator.Text;

namespace Cnn.Generator.Emission;

/// <summary>Writes one register tile: accumulators as locals, the loops of the reduction, and the stores.</summary>
internal sealed class TileText(SourceWriter writer, Contraction kernel, LaneSection section, Tile tile, EquatableArray<RowAxis> rows)
{
    public void Emit(string? start)
    {
        EmitAccumulators(start);
        EmitReduction([.. kernel.Reduction.Skip(kernel.PanelAxes)], 0, "at", "bt");
        EmitActivation();
        EmitStores();
    }

    private string FirstPanel => string.Join(" && ", Enumerable.Range(0, kernel.PanelAxes).Select(static axis => $"panel{Expressions.Number(axis)} == 0"));

    private string LastPanel =>
        string.Join(" && ", Enumerable.Range(0, kernel.PanelAxes).Select(axis => $"panel{Expressions.Number(axis)} == {Expressions.Number(kernel.Reduction[axis].Count - 1)}"));

    private static string Accumulator(int row, int column) => $"acc{Expressions.Number(row)}_{Expressions.Number(column)}";

    /// <summary>An offset of so many floats and so many vectors.</summary>
    private static string Offset(int floats, int column)
    {
        string vectors = column == 0 ? string.Empty : column == 1 ? "TSimd.Lanes" : $"({Expressions.Number(column)} * TSimd.Lanes)";
        if (vectors.Length == 0)
            return Expressions.Number(floats);
        return floats == 0 ? vectors : $"{Expressions.Number(floats)} + {vectors}";
    }

    private void EmitAccumulators(string? start)
    {
        if (kernel.PanelAxes > 0 && kernel.Start != StartValue.Previous)
        {
            writer.Line("// The first panel starts from the bias or from zero, the others from the sums so far.");
            writer.Line($"bool start = {FirstPanel};");
            writer.Line($"ref float from = ref (start ? {start ?? "ref _run::KernelConstants.Zeros"} : ref ct);");
        }
        else if (kernel.PanelAxes > 0)
        {
            writer.Line($"bool start = first && {FirstPanel};");
        }
        else if (start is not null)
        {
            writer.Line($"ref float from = {start};");
        }

        for (int row = 0; row < tile.Rows; row++)
            writer.Line($"TVector {string.Join(", ", Enumerable.Range(0, tile.Columns).Select(column => $"{Accumulator(row, column)} = {StartOf(row, column)}"))};");
    }

    private string StartOf(int row, int column)
    {
        if (kernel.PanelAxes > 0 && kernel.Start != StartValue.Previous)
        {
            string vectors = Offset(0, column);
            string later = Offset(COffset(row), column);
            return vectors == later ? $"TSimd.Load(ref from, {vectors})" : $"TSimd.Load(ref from, start ? {vectors} : {later})";
        }

        return kernel.Start switch
        {
            StartValue.Scalar => column > 0 ? Accumulator(row, 0) : $"TSimd.Create({StartScalar(row)})",
            StartValue.Vector => row == 0 ? $"TSimd.Load(ref from, {Offset(0, column)})" : Accumulator(0, column),
            StartValue.Previous => $"{(kernel.PanelAxes > 0 ? "start" : "first")} ? TSimd.Zero : TSimd.Load(ref ct, {Offset(COffset(row), column)})",
            _ => "TSimd.Zero",
        };
    }

    private string StartScalar(int row)
    {
        int offset = RowOffset(row, static axis => axis.StartStride);
        return offset == 0 ? "from" : $"_il::Unsafe.Add(ref from, {Expressions.Number(offset)})";
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
        string index = "k" + Expressions.Number(depth);
        string count = axis.Count == Contraction.Images ? "images" : Expressions.Number(axis.Count);
        using (writer.Block($"for (int {index} = 0; {index} < {count}; {index}++)"))
        {
            if (depth + 1 < axes.Count)
            {
                string innerA = "a" + Expressions.Number(depth + 1);
                string innerB = "b" + Expressions.Number(depth + 1);
                writer.Line($"ref float {innerA} = ref {a};");
                writer.Line($"ref float {innerB} = ref {b};");
                EmitReduction(axes, depth + 1, innerA, innerB);
            }
            else
            {
                EmitStep(a, b);
            }

            writer.Line($"{a} = ref _il::Unsafe.Add(ref {a}, {Expressions.Number(axis.AStride)});");
            writer.Line($"{b} = ref _il::Unsafe.Add(ref {b}, {Expressions.Number(axis.BStride * section.BUnit)});");
        }
    }

    private void EmitStep(string a, string b)
    {
        writer.Line($"TVector {string.Join(", ", Enumerable.Range(0, tile.Columns).Select(column => $"v{Expressions.Number(column)} = TSimd.Load(ref {b}, {Offset(0, column)})"))};");
        for (int row = 0; row < tile.Rows; row++)
        {
            int offset = RowOffset(row, static axis => axis.AStride);
            string x = "x" + Expressions.Number(row);
            List<string> statements = [];
            if (!kernel.VectorOperand)
                statements.Add($"TVector {x} = TSimd.Create({(offset == 0 ? a : $"_il::Unsafe.Add(ref {a}, {Expressions.Number(offset)})")});");
            for (int column = 0; column < tile.Columns; column++)
            {
                string operand = kernel.VectorOperand ? $"TSimd.Load(ref {a}, {Offset(offset, column)})" : x;
                string accumulator = Accumulator(row, column);
                statements.Add($"{accumulator} = TSimd.MultiplyAdd({operand}, v{Expressions.Number(column)}, {accumulator});");
            }

            writer.Line(string.Join(" ", statements));
        }
    }

    private void EmitActivation()
    {
        if (kernel.Epilogue.Kind == EpilogueKind.None)
            return;
        if (kernel.PanelAxes == 0)
        {
            Activate();
            return;
        }

        using (writer.Block($"if ({LastPanel})"))
            Activate();
    }

    private void Activate()
    {
        for (int row = 0; row < tile.Rows; row++)
        {
            writer.Line(string.Join(" ", Enumerable.Range(0, tile.Columns).Select(column =>
                $"{Accumulator(row, column)} = {Expressions.Activate(kernel.Epilogue, Accumulator(row, column))};")));
        }
    }

    private void EmitStores()
    {
        for (int row = 0; row < tile.Rows; row++)
            writer.Line(string.Join(" ", Enumerable.Range(0, tile.Columns).Select(column => Store(row, column))));
    }

    private string Store(int row, int column)
    {
        string offset = Offset(COffset(row), column);
        if (section.ValidLanes == section.Width)
            return $"TSimd.Store({Accumulator(row, column)}, ref ct, {offset});";

        // Other channels follow the valid lanes at once, or zeros are wanted there.
        string valid = $"{Expressions.Number(section.ValidLanes)} - lane{(column == 0 ? string.Empty : " - " + Offset(0, column))}";
        string method = kernel.KeepsNeighbours ? "StoreValid" : "StoreValidAndZeros";
        return $"_run::KernelConstants.{method}<TSimd, TVector>({Accumulator(row, column)}, ref _il::Unsafe.Add(ref ct, {offset}), {valid});";
    }

    private int COffset(int row) => RowOffset(row, static axis => axis.CStride) * section.CUnit;

    private int RowOffset(int row, Func<RowAxis, int> stride)
    {
        if (rows.Length == 0)
            return 0;
        int inner = row % tile.InnerRows * stride(rows[rows.Length - 1]);
        return rows.Length == 1 ? inner : inner + (row / tile.InnerRows * stride(rows[rows.Length - 2]));
    }
}
