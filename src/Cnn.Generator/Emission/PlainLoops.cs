using Cnn.Generator.Collections;
using Cnn.Generator.Planning;
using Cnn.Generator.Text;

namespace Cnn.Generator.Emission;

/// <summary>
/// Writes, as a comment above a kernel, the loops that it comes to without tiles, panels and vectors, with the names and numbers of the text below.
/// </summary>
internal static class PlainLoops
{
    public static void Emit(SourceWriter writer, ContractionBody body, LaneSection section)
    {
        Contraction kernel = body.Contraction;
        EquatableArray<RowAxis> rows = KernelText.Rows(kernel);
        string[] names = [.. Enumerable.Range(0, rows.Length).Select(axis => RowName(rows.Length, axis))];
        string[] operands = [.. body.Operands.Select(static operand => operand.Name)];
        string c = At(operands[operands.Length - 1], [.. rows.Select((axis, index) => Term(names[index], axis.CStride * section.CUnit)), "lane"]);
        string[] reduction = [.. kernel.Reduction.Select(static (_, index) => "k" + Expressions.Number(index))];
        string lane = kernel.Repeats == 1 ? "lane"
            : $"({(section.RepeatsBefore == 0 ? "lane" : $"({Expressions.Number(section.RepeatsBefore)} + lane)")} / {Expressions.Number(kernel.Repeats)})";
        string a = At(operands[0], [
            .. rows.Select((axis, index) => Term(names[index], axis.AStride)),
            .. kernel.Reduction.Select((axis, index) => Term(reduction[index], axis.AStride)), kernel.VectorOperand ? lane : ""]);
        string b = At(operands[1], [.. kernel.Reduction.Select((axis, index) => Term(reduction[index], axis.BStride * section.BUnit)), "lane"]);
        string start = kernel.Start switch
        {
            StartValue.Vector => At(operands[2], ["lane"]),
            StartValue.Scalar => At(operands[2], [.. rows.Select((axis, index) => Term(names[index], axis.StartStride))]),
            StartValue.Previous => $"first ? 0 : {c}",
            _ => "0",
        };
        string[] bounds = [.. rows.Select((axis, index) => $"{names[index]} < {Count(axis.Count)}"), $"lane < {Expressions.Number(section.ValidLanes)}"];
        writer.Line($"// for each {string.Join(", ", bounds)}:");
        writer.Line($"//     sum = {start}");
        if (reduction.Length > 0)
            writer.Line($"//     for each {string.Join(", ", kernel.Reduction.Select((axis, index) => $"{reduction[index]} < {Count(axis.Count)}"))}:");
        writer.Line($"//     {(reduction.Length > 0 ? "    " : string.Empty)}sum += {a} * {b}");
        string residual = At(ContractionBody.Residual, [.. rows.Select((axis, index) => Term(names[index], axis.ResidualStride)), "lane"]);
        writer.Line($"//     {c} = {Formulas.Finished(kernel.Epilogue, "sum", residual)}");
    }

    /// <summary>The names that the loops of a kernel have.</summary>
    private static string RowName(int count, int axis) => (count - axis) switch { 1 => "inner", 2 => "outer", _ => "row" + Expressions.Number(axis) };

    private static string Count(int count) => count == Contraction.Images ? "images" : Expressions.Number(count);

    private static string Term(string index, int stride) => stride == 0 ? string.Empty : stride == 1 ? index : $"{index} * {Expressions.Number(stride)}";

    private static string At(string operand, IEnumerable<string> terms)
    {
        string[] sum = [.. terms.Where(static term => term.Length > 0)];
        return $"{operand}[{(sum.Length == 0 ? "0" : string.Join(" + ", sum))}]";
    }
}
