using Cnn.Generator.Planning;
using Cnn.Generator.Text;

namespace Cnn.Generator.Emission;

/// <summary>Writes convolutions that are done row by row.</summary>
internal sealed class RowChainEmitter(SourceWriter writer, RowChainBody body)
{
    public void Emit(string name)
    {
        using (writer.Block($"internal static void {name}({StepSignature.Parameters(body)})"))
        {
            for (int link = 0; link < body.Links.Length; link++)
                EmitBorder(link);
            EmitShare();
            EmitStart(body.Links.Length - 1, "begin");
            using (writer.Block("for (int output = begin; output < end; output++)"))
            {
                EmitRow(body.Links.Length - 1, "output", body.Mean is null ? $"ref At(ref y, output, {Number(body.OutputStep)})" : "ref row");
                if (body.Mean is { } mean)
                {
                    writer.Line($"_run::GlobalPool.AddPositions(ref row, ref chains, ref y, output * {Number(mean.Row.Axes[1])}, {Number(mean.Row.Axes[1])}, "
                        + $"from, to, {Number(mean.Row.Pitch)});");
                }
            }
        }
    }

    /// <summary>Which rows of the output are made.</summary>
    private void EmitShare()
    {
        if (body.Mean is not { } mean)
        {
            writer.Line($"int begin = {Number(body.Rows)} * part / parts, end = {Number(body.Rows)} * (part + 1) / parts;");
            return;
        }

        string width = Number(mean.Row.Axes[1]);
        if (body.IsDivided)
        {
            writer.Line($"_run::GlobalPool.SharePositions({Number(mean.Positions)}, part, parts, out int from, out int to);");
            writer.Line($"int begin = from / {width}, end = from == to ? begin : (to + {Number(mean.Row.Axes[1] - 1)}) / {width};");
        }
        else
        {
            writer.Line($"const int from = 0, to = {Number(mean.Positions)}, begin = 0, end = {Number(body.Rows)};");
        }
    }

    private void EmitBorder(int link)
    {
        if (body.Links[link].Buffer is not { } buffer)
            return;
        (int begin, int end) = (buffer.Layout.BorderBegin[1] * buffer.Layout.Pitch, buffer.Layout.BorderEnd[1] * buffer.Layout.Pitch);
        if (begin + end == 0)
            return;
        using (writer.Block($"for (int index = 0; index < {Number(buffer.Layout.Axes[0])}; index++)"))
        {
            writer.Line($"ref float line = ref At(ref {RowChainBody.Buffer(link)}, index, {Number(buffer.Row)});");
            if (begin > 0)
                writer.Line($"_run::ElementWise.Clear(ref line, {Number(begin)});");
            if (end > 0)
                writer.Line($"_run::ElementWise.Clear(ref At(ref line, {Number(buffer.Row - end)}), {Number(end)});");
        }
    }

    /// <summary>Which of a map's rows is its buffer's first, and which is made next.</summary>
    /// <param name="link">The convolution that reads the map.</param>
    /// <param name="row">The first row that it makes.</param>
    private void EmitStart(int link, string row)
    {
        if (body.Links[link].Buffer is not { } buffer)
            return;
        string number = RowChainBody.Number(link);
        string from = From(buffer, row);
        if (buffer.Window.Overlaps)
        {
            writer.Line($"int first{number} = {from}, made{number} = first{number};");
            from = "first" + number;
        }

        if (link > 0)
            EmitStart(link - 1, buffer.Window.Padding > 0 ? $"Math.Max(0, {from})" : from);
    }

    /// <summary>A row of a convolution, and before it those rows of its input that are not there yet.</summary>
    /// <param name="link">The convolution.</param>
    /// <param name="row">Which of its rows.</param>
    /// <param name="target">Where it goes.</param>
    private void EmitRow(int link, string row, string target)
    {
        string number = RowChainBody.Number(link);
        string x;
        if (body.Links[link].Buffer is not { } buffer)
        {
            x = $"ref At(ref x, {row}, {Number(body.InputStep)})";
        }
        else if (buffer.Window.Overlaps)
        {
            EmitSlide(link, buffer, row);
            x = $"ref At(ref rows{number}, from{number} - first{number}, {Number(buffer.Row)})";
        }
        else
        {
            EmitWindow(link, buffer, row);
            x = "ref rows" + number;
        }

        writer.Line($"{body.Links[link].Method}({x}, {RowChainBody.Weight(link)}, ref {RowChainBody.Bias(link)}, {target}, 0, 1);");
    }

    /// <summary>Rows behind those that are there already.</summary>
    private void EmitSlide(int link, RowBuffer buffer, string row)
    {
        string number = RowChainBody.Number(link), reach = Number(buffer.Window.Reach), floats = Number(buffer.Row);
        writer.Line($"int from{number} = {From(buffer, row)};");
        using (writer.Block($"if (from{number} + {reach} > first{number} + {Number(buffer.Layout.Axes[0])})"))
        {
            writer.Line($"_run::ElementWise.Copy(ref At(ref rows{number}, from{number} - first{number}, {floats}), ref rows{number}, "
                + $"(made{number} - from{number}) * {floats});");
            writer.Line($"first{number} = from{number};");
        }

        using (writer.Block($"for (; made{number} < from{number} + {reach}; made{number}++)"))
            EmitMapRow(link, buffer, "made" + number, $"made{number} - first{number}");
    }

    /// <summary>The rows of a window, none of which the next one sees.</summary>
    private void EmitWindow(int link, RowBuffer buffer, string row)
    {
        string number = RowChainBody.Number(link);
        if (buffer.Window is { Reach: 1, Padding: 0 })
        {
            EmitSource(link, From(buffer, row), Expressions.At("rows" + number, [Number(buffer.Layout.Interior)]));
            return;
        }

        writer.Line($"int from{number} = {From(buffer, row)};");
        using (writer.Block($"for (int made{number} = from{number}; made{number} < from{number} + {Number(buffer.Window.Reach)}; made{number}++)"))
            EmitMapRow(link, buffer, "made" + number, $"made{number} - from{number}");
    }

    /// <summary>A row of a map, or of the zeros around it.</summary>
    private void EmitMapRow(int link, RowBuffer buffer, string row, string place)
    {
        string line = "line" + RowChainBody.Number(link);
        writer.Line($"ref float {line} = ref At(ref {RowChainBody.Buffer(link)}, {place}, {Number(buffer.Row)});");
        using (writer.Block($"if ({row} >= 0 && {row} < {Number(buffer.MapRows)})"))
            EmitSource(link, row, Expressions.At(line, [Number(buffer.Layout.Interior)]));
        using (writer.Block("else"))
            writer.Line($"_run::ElementWise.Clear(ref {line}, {Number(buffer.Row)});");
    }

    /// <summary>A row of what a convolution reads: of the one before it, or of the caller's planes.</summary>
    private void EmitSource(int link, string row, string target)
    {
        if (link > 0)
        {
            EmitRow(link - 1, row, target);
            return;
        }

        RowPlanes planes = body.Planes ?? throw new InvalidOperationException("A buffer has a source.");
        RowBuffer buffer = body.Links[0].Buffer!;
        int ahead = planes.Width * (buffer.Window.Reach == 1 ? buffer.Window.Stride : 1);
        writer.Line($"_run::Packing.PositionsToChannelsLast(ref At(ref x, {row}, {Number(planes.Width)}), {Number(planes.Plane)}, {target}, "
            + $"{Number(planes.Channels)}, {Number(planes.Width)}, {Number(buffer.Layout.Pitch)}, {Number(ahead)});");
    }

    private static string From(RowBuffer buffer, string row)
    {
        string stride = Number(buffer.Window.Stride);
        string from = buffer.Window.Stride == 1 ? row : row.Contains(' ') ? $"({row}) * {stride}" : $"{row} * {stride}";
        if (buffer.Window.Padding == 0)
            return from;
        return $"{(buffer.Window.Stride == 1 ? from : $"({from})")} - {Number(buffer.Window.Padding)}";
    }

    private static string Number(int value) => Expressions.Number(value);
}
