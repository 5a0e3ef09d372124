using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Text;

namespace Cnn.Generator.Emission;

/// <summary>Writes a pooling layer, once for all instruction sets: vectors along the channels, literal windows.</summary>
internal sealed class PoolEmitter(SourceWriter writer, PoolBody body)
{
    private static readonly string[] AxisNames = ["d", "h", "w"];

    private int Rank => body.Input.Axes.Length;

    /// <summary>One of the two maps may be among the channels of a larger one.</summary>
    public void Emit(string name, EmitOptions options) =>
        VectorSet.EmitChannels(writer, options, name, body, Math.Min(body.Input.Pitch, body.Output.Pitch), isOptimized: true, EmitOutputs);

    private void EmitOutputs(string fromLane, string toLane)
    {
        using Scopes scopes = new();
        for (int axis = 0; axis < Rank; axis++)
        {
            string o = "o" + AxisName(axis);
            scopes.Add(RowLoop.Open(writer, o, body.Output.Axes[axis], body.IsDivided && axis == 0));
            if (body.HasEdges)
            {
                int padding = body.Window.PaddingBegin[axis];
                writer.Line($"int s{AxisName(axis)} = ({o} * {Expressions.Number(body.Window.Stride[axis])}) - {Expressions.Number(padding)};");
            }
        }

        writer.Line($"ref float xt = ref At(ref {body.LargeOperand}, {StartOffset(body.Backward ? body.Gradient : body.Input)});");
        writer.Line($"ref float yt = ref At(ref {body.SmallOperand}, {OutputOffset(body.Output)});");
        if (body.Winners is { } winners)
            writer.Line($"ref float wt = ref At(ref winners, {OutputOffset(winners)});");
        if (body.Largest is { } largest)
            writer.Line($"ref float bt = ref At(ref y, {OutputOffset(largest)});");
        if (body.Pool == PoolKind.Average && body.Divides)
            EmitCount();
        using (writer.Block($"for (int lane = {fromLane}; lane < {toLane}; lane += Lanes)"))
        {
            if (body.Backward)
                EmitBackward();
            else
                EmitForward();
        }
    }

    private void EmitForward()
    {
        if (body.Pool == PoolKind.Average)
        {
            writer.Line("TVector sum = Zero;");
            EmitWindow(body.Input, (offset, _) => writer.Line($"sum = TSimd.Add(sum, Load(ref xt, {Lane(offset)}));"));
            writer.Line($"Store(ref yt, lane, {Share("sum")});");
            return;
        }

        writer.Line("TVector best = Create(float.NegativeInfinity);");
        if (body.Winners is null)
        {
            EmitWindow(body.Input, (offset, _) => writer.Line($"best = TSimd.Max(best, Load(ref xt, {Lane(offset)}));"));
        }
        else
        {
            writer.Line("TVector winner = Zero;");
            EmitWindow(body.Input, EmitContender);
            writer.Line("Store(ref wt, lane, winner);");
        }

        writer.Line("Store(ref yt, lane, best);");
    }

    /// <summary>Whoever is first to exceed all before it has won so far; a NaN exceeds nobody, and the maximum keeps it.</summary>
    private void EmitContender(string offset, string number)
    {
        using (writer.Braces())
        {
            writer.Line($"TVector x0 = Load(ref xt, {Lane(offset)});");
            writer.Line($"winner = TSimd.Select(TSimd.GreaterThan(x0, best), Create({number}), winner);");
            writer.Line("best = TSimd.Max(best, x0);");
        }
    }

    private void EmitBackward()
    {
        if (body.Pool == PoolKind.Average)
        {
            writer.Line($"TVector share = {Share("Load(ref yt, lane)")};");
            EmitWindow(body.Gradient, (offset, _) => EmitShare("share", offset));
            return;
        }

        writer.Line("TVector winner = Load(ref wt, lane);");
        writer.Line(body.Activation is null
            ? "TVector all = Load(ref yt, lane);"
            : $"TVector all = {Expressions.Activation(body.Activation)}.Backward<TSimd, TVector>(Load(ref yt, lane), Load(ref bt, lane));");
        EmitWindow(body.Gradient, (offset, number) => EmitShare($"TSimd.And(TSimd.Equals(winner, Create({number})), all)", offset));
    }

    private void EmitShare(string share, string offset) => writer.Line(body.IsPartition
        ? $"Store(ref xt, {Lane(offset)}, {share});"
        : $"Store(ref xt, {Lane(offset)}, TSimd.Add(Load(ref xt, {Lane(offset)}), {share}));");

    private static string Lane(string offset) => offset == "0" ? "lane" : offset + " + lane";

    private string Share(string sum) => body.Divides ? $"TSimd.Divide({sum}, Create(count))" : sum;

    /// <summary>
    /// Visits the window's elements in order: unrolled where it lies inside the input and is small, else in loops that skip what lies outside.
    /// </summary>
    /// <param name="layout">The layout of what the window slides over.</param>
    /// <param name="element">Gets each element's offset and its number, as a float.</param>
    private void EmitWindow(TensorLayout layout, Action<string, string> element)
    {
        int elements = body.Window.Kernel.Aggregate(1, static (product, kernel) => product * kernel);
        if (!body.HasEdges && elements <= 9)
        {
            for (int index = 0; index < elements; index++)
                element(Expressions.Number(ElementOffset(layout, index)), Expressions.Number(index) + "f");
            return;
        }

        using Scopes scopes = new();
        for (int axis = 0; axis < Rank; axis++)
        {
            string k = "k" + AxisName(axis);
            scopes.Add(writer.Block($"for (int {k} = 0; {k} < {Expressions.Number(body.Window.Kernel[axis])}; {k}++)"));
            if (body.HasEdges)
                writer.Indented($"if ((uint)(s{AxisName(axis)} + ({k} * {Expressions.Number(body.Window.Dilation[axis])})) "
                    + $">= {Expressions.Number(body.Input.Axes[axis])}u)", "continue;");
        }

        element(LoopOffset(layout), LoopNumber());
    }

    /// <summary>The number that the mean divides by; PyTorch counts padding but not what lies beyond it.</summary>
    private void EmitCount()
    {
        int elements = body.Window.Kernel.Aggregate(1, static (product, kernel) => product * kernel);
        if (!body.HasEdges)
        {
            writer.Line($"const float count = {Expressions.Number(elements)}f;");
            return;
        }

        List<string> factors = [];
        for (int axis = 0; axis < Rank; axis++)
        {
            int length = body.Input.Axes[axis];
            int limit = body.CountIncludePad ? length + body.Window.PaddingEnd[axis] : length;
            factors.Add(CountOnAxis("s" + AxisName(axis), body.Window.Kernel[axis], body.Window.Dilation[axis], limit));
        }

        writer.Line($"float count = {string.Join(" * ", factors)};");
    }

    /// <summary>The window's elements before a limit and, where the padding does not count, from 0 on. The window starts before the limit.</summary>
    private string CountOnAxis(string start, int kernel, int dilation, int limit)
    {
        if (dilation == 1)
        {
            string end = $"int.Min({start} + {Expressions.Number(kernel)}, {Expressions.Number(limit)})";
            return body.CountIncludePad ? $"({end} - {start})" : $"({end} - int.Max({start}, 0))";
        }

        // ceil((limit - start) / dilation) elements lie before the limit, ceil(-start / dilation) of them before 0.
        string before = $"int.Min({Expressions.Number(kernel)}, ({Expressions.Number(limit + dilation - 1)} - {start}) / {Expressions.Number(dilation)})";
        return body.CountIncludePad ? before : $"({before} - int.Max(({Expressions.Number(dilation - 1)} - {start}) / {Expressions.Number(dilation)}, 0))";
    }

    private string StartOffset(TensorLayout layout)
    {
        List<string> terms = [];
        for (int axis = 0; axis < Rank; axis++)
        {
            terms.Add(body.HasEdges
                ? $"(s{AxisName(axis)} * {Expressions.Number(layout.Stride(axis))})"
                : $"(o{AxisName(axis)} * {Expressions.Number(body.Window.Stride[axis] * layout.Stride(axis))})");
        }

        return string.Join(" + ", terms);
    }

    private string OutputOffset(TensorLayout layout) =>
        string.Join(" + ", Enumerable.Range(0, Rank).Select(axis => $"(o{AxisName(axis)} * {Expressions.Number(layout.Stride(axis))})"));

    private string LoopNumber()
    {
        string number = "k" + AxisName(0);
        for (int axis = 1; axis < Rank; axis++)
            number = $"(({number} * {Expressions.Number(body.Window.Kernel[axis])}) + k{AxisName(axis)})";
        return number;
    }

    private string LoopOffset(TensorLayout layout) =>
        string.Join(" + ",
            Enumerable.Range(0, Rank).Select(axis => $"(k{AxisName(axis)} * {Expressions.Number(body.Window.Dilation[axis] * layout.Stride(axis))})"));

    private int ElementOffset(TensorLayout layout, int index)
    {
        int offset = 0;
        for (int axis = Rank - 1; axis >= 0; axis--)
        {
            offset += index % body.Window.Kernel[axis] * body.Window.Dilation[axis] * layout.Stride(axis);
            index /= body.Window.Kernel[axis];
        }

        return offset;
    }

    private string AxisName(int axis) => AxisNames[axis + 3 - Rank];
}
