using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Text;

namespace Cnn.Generator.Emission;

/// <summary>Writes means over windows whose lengths differ: vectors along the channels, window bounds from the output's index.</summary>
internal sealed class AdaptivePoolEmitter(SourceWriter writer, AdaptivePoolBody body)
{
    private static readonly string[] AxisNames = ["d", "h", "w"];

    private int Rank => body.Large.Axes.Length;

    private string LargeOperand => body.Backward ? "dx" : "x";

    private string SmallOperand => body.Backward ? "dy" : "y";

    public void Emit(string name, EmitOptions options)
    {
        string parameters = StepSignature.Parameters(body);
        using (writer.Block($"internal static void {name}({parameters})"))
            VectorSet.EmitChannelLadder(writer, options, name + "Lanes", StepSignature.Arguments(body), body.Large.Pitch);
        writer.Line();
        writer.Line($"private static void {name}Lanes<TSimd, TVector>({parameters}, int fromLane, int toLane)");
        writer.Line("    where TSimd : struct, _run::ISimd<TVector>");
        writer.Line("    where TVector : struct");
        using (writer.Braces())
        using (writer.Block("unchecked"))
            EmitOutputs();
    }

    private void EmitOutputs()
    {
        using Scopes scopes = new();
        for (int axis = 0; axis < Rank; axis++)
        {
            string a = AxisName(axis);
            string length = Expressions.Number(body.Large.Axes[axis]);
            string size = Expressions.Number(body.Small.Axes[axis]);
            scopes.Add(writer.Block($"for (int o{a} = 0; o{a} < {size}; o{a}++)"));
            writer.Line($"int start{a} = (int)((long)o{a} * {length} / {size});");
            writer.Line($"int end{a} = (int)((((o{a} + 1L) * {length}) + {Expressions.Number(body.Small.Axes[axis] - 1)}) / {size});");
        }

        writer.Line($"ref float small = ref _il::Unsafe.Add(ref {SmallOperand}, {Sum(axis => $"(o{AxisName(axis)} * {Expressions.Number(body.Small.Stride(axis))})")});");
        writer.Line($"float count = {string.Join(" * ", Enumerable.Range(0, Rank).Select(axis => $"(end{AxisName(axis)} - start{AxisName(axis)})"))};");
        using (writer.Block("for (int lane = fromLane; lane < toLane; lane += TSimd.Lanes)"))
            EmitLanes();
    }

    private void EmitLanes()
    {
        if (body.Backward)
        {
            writer.Line("TVector share = TSimd.Divide(TSimd.Load(ref small, lane), TSimd.Create(count));");
            EmitWindow("TSimd.Store(TSimd.Add(TSimd.Load(ref large, lane), share), ref large, lane);");
            return;
        }

        writer.Line("TVector sum = TSimd.Zero;");
        EmitWindow("sum = TSimd.Add(sum, TSimd.Load(ref large, lane));");
        writer.Line("TSimd.Store(TSimd.Divide(sum, TSimd.Create(count)), ref small, lane);");
    }

    private void EmitWindow(string element)
    {
        using Scopes scopes = new();
        for (int axis = 0; axis < Rank; axis++)
        {
            string a = AxisName(axis);
            scopes.Add(writer.Block($"for (int k{a} = start{a}; k{a} < end{a}; k{a}++)"));
        }

        writer.Line($"ref float large = ref _il::Unsafe.Add(ref {LargeOperand}, {Sum(axis => $"(k{AxisName(axis)} * {Expressions.Number(body.Large.Stride(axis))})")});");
        writer.Line(element);
    }

    private string Sum(Func<int, string> term) => string.Join(" + ", Enumerable.Range(0, Rank).Select(term));

    private string AxisName(int axis) => AxisNames[axis + AxisNames.Length - Rank];
}
