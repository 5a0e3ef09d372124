using Cnn.Generator.Planning;
using Cnn.Generator.Text;

namespace Cnn.Generator.Emission;

/// <summary>Writes convolutions that are done row by row.</summary>
internal static class RowChainEmitter
{
    public static void Emit(SourceWriter writer, string name, RowChainBody body)
    {
        string row = Expressions.Number(body.Buffer.Stride(0));
        string reach = Expressions.Number(body.Reach);
        string rows = Expressions.Number(body.Rows);
        using (writer.Block($"internal static void {name}({StepSignature.Parameters(body)})"))
        {
            EmitBorder(writer, body, row);
            writer.Line("// Which of the map's rows is the buffer's first, and which is made next.");
            writer.Line($"int first = ({rows} * part / parts * {Expressions.Number(body.Stride)}) - {Expressions.Number(body.Padding)}, made = first;");
            writer.Line($"int end = {rows} * (part + 1) / parts;");
            using (writer.Block($"for (int output = {rows} * part / parts; output < end; output++)"))
            {
                writer.Line($"int from = (output * {Expressions.Number(body.Stride)}) - {Expressions.Number(body.Padding)};");
                using (writer.Block($"if (from + {reach} > first + {Expressions.Number(body.Buffer.Axes[0])})"))
                {
                    writer.Line($"_run::ElementWise.Copy(ref At(ref rows, from - first, {row}), ref rows, (made - from) * {row});");
                    writer.Line("first = from;");
                }

                using (writer.Block($"for (; made < from + {reach}; made++)"))
                    EmitMapRow(writer, body, row);
                string y = $"ref At(ref y, output, {Expressions.Number(body.OutputStep)})";
                EmitCall(writer, body, 2, $"ref At(ref rows, from - first, {row})", body.HasLast ? "ref row" : y);
                if (body.HasLast)
                    EmitCall(writer, body, 3, "ref row", y);
            }
        }
    }

    private static void EmitBorder(SourceWriter writer, RowChainBody body, string row)
    {
        (int begin, int end) = (body.Buffer.BorderBegin[1] * body.Buffer.Pitch, body.Buffer.BorderEnd[1] * body.Buffer.Pitch);
        if (begin + end == 0)
            return;
        using (writer.Block($"for (int index = 0; index < {Expressions.Number(body.Buffer.Axes[0])}; index++)"))
        {
            writer.Line($"ref float line = ref At(ref rows, index, {row});");
            if (begin > 0)
                writer.Line($"_run::ElementWise.Clear(ref line, {Expressions.Number(begin)});");
            if (end > 0)
                writer.Line($"_run::ElementWise.Clear(ref At(ref line, {Expressions.Number(body.Buffer.Stride(0) - end)}), {Expressions.Number(end)});");
        }
    }

    /// <summary>A row of the map, or of the zeros around it.</summary>
    private static void EmitMapRow(SourceWriter writer, RowChainBody body, string row)
    {
        string place = Expressions.At("line", [Expressions.Number(body.Buffer.Interior)]);
        writer.Line($"ref float line = ref At(ref rows, made - first, {row});");
        using (writer.Block($"if (made >= 0 && made < {Expressions.Number(body.MapRows)})"))
            EmitCall(writer, body, 1, $"ref At(ref x, made, {Expressions.Number(body.InputStep)})", place);
        using (writer.Block("else"))
            writer.Line($"_run::ElementWise.Clear(ref line, {row});");
    }

    private static void EmitCall(SourceWriter writer, RowChainBody body, int link, string x, string y) =>
        writer.Line($"{body.Methods[link - 1]}({x}, {RowChainBody.Weight(link)}, ref {RowChainBody.Bias(link)}, {y}, 0, 1);");
}
