using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Text;

namespace Cnn.Generator.Emission;

/// <summary>Writes a pooling layer, once for all instruction sets: vectors along the channels, literal windows.</summary>
internal sealed class PoolEmitter(SourceWriter writer, PoolBody body)
{
    private static readonly string[] AxisNames = ["d", "h", "w"];

    private int Rank => body.Input.Axes.Length;

    /// <summary>Which instruction set runs over which channels: a 512-bit text leaves at most one 256-bit vector.</summary>
    public static void EmitLadder(SourceWriter writer, string method, IEnumerable<string> operands, int pitch)
    {
        string arguments = string.Join(", ", operands.Select(static name => "ref " + name));
        int wide = pitch / 16 * 16;
        using (writer.Block("if (KernelSet.UseAvx512)"))
        {
            if (wide > 0)
                writer.Line($"{method}<Simd512, Vector512<float>>({arguments}, 0, {Expressions.Number(wide)});");
            if (wide < pitch)
                writer.Line($"{method}<Simd256, Vector256<float>>({arguments}, {Expressions.Number(wide)}, {Expressions.Number(pitch)});");
        }

        writer.Indented("else if (KernelSet.UseAvx2)", $"{method}<Simd256, Vector256<float>>({arguments}, 0, {Expressions.Number(pitch)});");
        writer.Indented("else if (KernelSet.UseVector128)", $"{method}<Simd128, Vector128<float>>({arguments}, 0, {Expressions.Number(pitch)});");
        writer.Indented("else", $"{method}<SimdScalar, float>({arguments}, 0, {Expressions.Number(pitch)});");
    }

    public void Emit(string name)
    {
        string parameters = string.Join(", ", body.Operands.Select(static operand => "ref float " + operand));
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        writer.Line($"private static void {name}<TSimd, TVector>({parameters}, int fromLane, int toLane)");
        writer.Line("    where TSimd : struct, ISimd<TVector>");
        writer.Line("    where TVector : struct");
        using (writer.Braces())
        using (writer.Block("unchecked"))
            EmitOutputs();
    }

    private void EmitOutputs()
    {
        List<SourceWriter.Scope> scopes = [];
        for (int axis = 0; axis < Rank; axis++)
        {
            string o = "o" + AxisName(axis);
            scopes.Add(writer.Block($"for (int {o} = 0; {o} < {Expressions.Number(body.Output.Axes[axis])}; {o}++)"));
            if (body.HasEdges)
            {
                int padding = body.Window.PaddingBegin[axis];
                writer.Line($"int s{AxisName(axis)} = ({o} * {Expressions.Number(body.Window.Stride[axis])}) - {Expressions.Number(padding)};");
            }
        }

        writer.Line($"ref float xt = ref Unsafe.Add(ref {body.LargeOperand}, {StartOffset(body.Backward ? body.Gradient : body.Input)});");
        if (body.Backward && body.Pool == PoolKind.Max)
            writer.Line($"ref float xs = ref Unsafe.Add(ref x, {StartOffset(body.Input)});");
        writer.Line($"ref float yt = ref Unsafe.Add(ref {body.SmallOperand}, {OutputOffset()});");
        if (body.Pool == PoolKind.Average && body.Divides)
            EmitCount();
        using (writer.Block("for (int lane = fromLane; lane < toLane; lane += TSimd.Lanes)"))
        {
            if (body.Backward)
                EmitBackward();
            else
                EmitForward();
        }

        scopes.Reverse();
        foreach (SourceWriter.Scope scope in scopes)
            scope.Dispose();
    }

    private void EmitForward()
    {
        bool max = body.Pool == PoolKind.Max;
        writer.Line(max ? "TVector best = TSimd.Create(float.NegativeInfinity);" : "TVector sum = TSimd.Zero;");
        EmitWindow(offset => writer.Line(max
            ? $"best = TSimd.Max(best, TSimd.Load(ref xt, {offset} + lane));"
            : $"sum = TSimd.Add(sum, TSimd.Load(ref xt, {offset} + lane));"), body.Input);
        writer.Line(max ? "TSimd.Store(best, ref yt, lane);" : $"TSimd.Store({Share("sum")}, ref yt, lane);");
    }

    private void EmitBackward()
    {
        if (body.Pool == PoolKind.Average)
        {
            writer.Line($"TVector share = {Share("TSimd.Load(ref yt, lane)")};");
            EmitWindow(offset => writer.Line(body.IsPartition
                ? $"TSimd.Store(share, ref xt, {offset} + lane);"
                : $"TSimd.Store(TSimd.Add(TSimd.Load(ref xt, {offset} + lane), share), ref xt, {offset} + lane);"), body.Gradient);
            return;
        }

        writer.Line("TVector best = TSimd.Create(float.NegativeInfinity);");
        EmitWindow(offset => writer.Line($"best = TSimd.Max(best, TSimd.Load(ref xs, {offset} + lane));"), body.Input);
        writer.Line("// Whoever is first to equal the maximum takes the gradient and leaves zero for the others.");
        writer.Line(body.Activation is null
            ? "TVector left = TSimd.Load(ref yt, lane);"
            : $"TVector left = {body.Activation}.Backward<TSimd, TVector>(TSimd.Load(ref yt, lane), best);");
        EmitWindowPair((x, dx) =>
        {
            using (writer.Braces())
            {
                writer.Line($"TVector wins = TSimd.Equals(TSimd.Load(ref xs, {x} + lane), best);");
                writer.Line("TVector share = TSimd.And(wins, left);");
                writer.Line(body.IsPartition
                    ? $"TSimd.Store(share, ref xt, {dx} + lane);"
                    : $"TSimd.Store(TSimd.Add(TSimd.Load(ref xt, {dx} + lane), share), ref xt, {dx} + lane);");
                writer.Line("left = TSimd.AndNot(left, wins);");
            }
        });
    }

    private string Share(string sum) => body.Divides ? $"TSimd.Divide({sum}, TSimd.Create(count))" : sum;

    private void EmitWindow(Action<string> element, TensorLayout layout) => EmitWindowPair((x, dx) => element(layout == body.Gradient && body.Backward ? dx : x));

    /// <summary>Visits the window's elements in order: unrolled where it lies inside the input and is small, else in loops that skip what lies outside.</summary>
    private void EmitWindowPair(Action<string, string> element)
    {
        int elements = body.Window.Kernel.Aggregate(1, static (product, kernel) => product * kernel);
        if (!body.HasEdges && elements <= 9)
        {
            for (int index = 0; index < elements; index++)
                element(Expressions.Number(ElementOffset(body.Input, index)), Expressions.Number(ElementOffset(body.Gradient, index)));
            return;
        }

        List<SourceWriter.Scope> scopes = [];
        for (int axis = 0; axis < Rank; axis++)
        {
            string k = "k" + AxisName(axis);
            scopes.Add(writer.Block($"for (int {k} = 0; {k} < {Expressions.Number(body.Window.Kernel[axis])}; {k}++)"));
            if (body.HasEdges)
                writer.Indented($"if ((uint)(s{AxisName(axis)} + ({k} * {Expressions.Number(body.Window.Dilation[axis])})) >= {Expressions.Number(body.Input.Axes[axis])}u)", "continue;");
        }

        element(LoopOffset(body.Input), LoopOffset(body.Gradient));
        scopes.Reverse();
        foreach (SourceWriter.Scope scope in scopes)
            scope.Dispose();
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

    private string OutputOffset() => string.Join(" + ", Enumerable.Range(0, Rank).Select(axis => $"(o{AxisName(axis)} * {Expressions.Number(body.Output.Stride(axis))})"));

    private string LoopOffset(TensorLayout layout) =>
        string.Join(" + ", Enumerable.Range(0, Rank).Select(axis => $"(k{AxisName(axis)} * {Expressions.Number(body.Window.Dilation[axis] * layout.Stride(axis))})"));

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
