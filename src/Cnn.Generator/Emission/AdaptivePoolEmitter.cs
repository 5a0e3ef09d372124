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
        VectorSet.EmitChannels(writer, options, name, body, body.Large.Pitch, isOptimized: false, EmitOutputs);
    }

    private void EmitOutputs(string fromLane, string toLane)
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

        writer.Line($"ref float small = ref At(ref {SmallOperand}, {Sum(axis => $"(o{AxisName(axis)} * {Expressions.Number(body.Small.Stride(axis))})")});");
        writer.Line($"float count = {string.Join(" * ", Enumerable.Range(0, Rank).Select(axis => $"(end{AxisName(axis)} - start{AxisName(axis)})"))};");
        using (writer.Block($"for (int lane = {fromLane}; lane < {toLane}; lane += Lanes)"))
            EmitLanes();
    }

    private void EmitLanes()
    {
        if (body.Backward)
        {
            writer.Line("TVector share = TSimd.Divide(Load(ref small, lane), Create(count));");
            EmitWindow("Store(ref large, lane, TSimd.Add(Load(ref large, lane), share));");
            return;
        }

        writer.Line("TVector sum = Zero;");
        EmitWindow("sum = TSimd.Add(sum, Load(ref large, lane));");
        writer.Line("Store(ref small, lane, TSimd.Divide(sum, Create(count)));");
    }

    private void EmitWindow(string element)
    {
        using Scopes scopes = new();
        for (int axis = 0; axis < Rank; axis++)
        {
            string a = AxisName(axis);
            scopes.Add(writer.Block($"for (int k{a} = start{a}; k{a} < end{a}; k{a}++)"));
        }

        writer.Line($"ref float large = ref At(ref {LargeOperand}, {Sum(axis => $"(k{AxisName(axis)} * {Expressions.Number(body.Large.Stride(axis))})")});");
        writer.Line(element);
    }

    private string Sum(Func<int, string> term) => string.Join(" + ", Enumerable.Range(0, Rank).Select(term));

    private string AxisName(int axis) => AxisNames[axis + AxisNames.Length - Rank];
}
