using Cnn.Peers.Tests.Graphs.Operators;
using Cnn.Peers.Tests.Judging;
using Cnn.Property.Tests.Drawing;
using Cnn.Tool.Importing.Onnx;
using CsCheck;
using Onnx;

namespace Cnn.Peers.Tests.Graphs;

/// <summary>
/// Random graphs, the same for a seed on every machine. Each step is run by ONNX Runtime as it is drawn, and imported: what one of the two refuses is counted
/// and taken back, so that the graphs are long and nearly all of them can be compared.
/// </summary>
/// <param name="seed">Of the whole run.</param>
/// <param name="tally">Counts what becomes of the steps.</param>
internal sealed class GraphDrawing(uint seed, OperatorTally tally)
{
    private const int Attempts = 40;
    private const int MostSteps = 7;
    private const int MostElements = 1500;

    private static readonly string[] Frequent = ["Add", "Mul", "Sub", "Div", "chain of constants", "Relu", "LeakyRelu", "Conv", "BatchNormalization"];

    private static readonly Lazy<int> Newest = new(() => Enumerable.Range(OperatorSets.Oldest, 30).TakeWhile(IsTaken).Last());

    /// <summary>The newest operators that both sides know.</summary>
    public static int NewestOpset => Math.Min(Newest.Value, OperatorSets.Newest);

    /// <summary>Null where no step could be drawn; the next attempt is another graph.</summary>
    public GraphDraft? Draw(int index)
    {
        Dice dice = new(new PCG((uint)index, seed));
        Random rounding = new(index);
        (string Operator, OperatorDrawing Drawing) focus = OperatorDrawing.All[index % OperatorDrawing.All.Count];
        (int first, int last) = focus.Drawing.Opsets(focus.Operator);
        GraphDraft draft = Start(dice, rounding, dice.Between(Math.Max(first, OperatorSets.Oldest), Math.Min(last, NewestOpset)));
        (string Operator, OperatorDrawing Drawing)[] frequent = [.. OperatorDrawing.All.Where(entry => Frequent.Contains(entry.Operator))];
        int steps = dice.Between(1, MostSteps);
        for (int attempt = 0; attempt < Attempts && draft.Values.Count <= steps; attempt++)
        {
            (string name, OperatorDrawing drawing) = dice.Below(10) switch
            {
                < 3 => focus,
                < 6 => dice.Pick(frequent),
                _ => dice.Pick(OperatorDrawing.All),
            };
            GraphValue x = dice.Chance(12) ? dice.Pick(draft.Values) : draft.Output;
            Sketch sketch = new(draft, dice, x);
            (first, last) = drawing.Opsets(name);
            if (draft.Opset >= first && draft.Opset <= last && drawing.Draw(sketch, name))
                TryAppend(draft, sketch, name, dice, rounding);
        }

        return draft.Values.Count > 1 ? draft : null;
    }

    private static GraphDraft Start(Dice dice, Random rounding, int opset)
    {
        bool isOpen = dice.Chance(40);
        long[] shape = [isOpen ? 2 : dice.Between(1, 2), dice.Pick(1, 2, 3, 4, 4, 5, 6, 8, 9, 12), .. dice.Below(10) switch
        {
            0 => Array.Empty<long>(),
            1 => [dice.Between(1, 12)],
            2 => [dice.Between(1, 5), dice.Between(1, 5), dice.Between(1, 4)],
            _ => [dice.Between(1, 9), dice.Between(1, 9)],
        }];
        float[] numbers = [.. Enumerable.Range(0, (int)Sketch.Product(shape)).Select(_ => dice.Real(-2, 2))];
        GraphValue input = new GraphValue(dice.Pick("x", "input", "data:0", "input.1"), shape, numbers, numbers).Rounded(rounding);
        return new GraphDraft(opset, input) { IsBatchOpen = isOpen, ListsConstants = opset < 9 && dice.Chance(50) };
    }

    private void TryAppend(GraphDraft draft, Sketch sketch, string name, Dice dice, Random rounding)
    {
        OperatorTally.Row row = tally.Of(name);
        row.Drawn++;
        ModelProto step = draft.Model(sketch);
        using OnnxRuntimeRun? run = OnnxRuntimeRun.TryLoad(step);
        if (run?.TryRun(sketch.Reads.Select(value => (value.Name, value.Shape, value.Numbers))) is not { } exact
            || run.TryRun(sketch.Reads.Select(value => (value.Name, value.Shape, value.Disturbed))) is not { } disturbed)
        {
            row.Illegal++;
            return;
        }

        bool isSmall = exact.Shape.Length >= 2 && exact.Numbers.Length is > 0 && exact.Numbers.Length / exact.Shape[0] <= MostElements;
        if (!isSmall)
        {
            row.Unsuitable++;
            return;
        }

        GraphValue output = new GraphValue(sketch.Output, exact.Shape, exact.Numbers, disturbed.Numbers).Rounded(rounding);
        if (!output.IsComparable || (output.IsConstant && output.Numbers.Length > 1 && dice.Chance(95)))
        {
            row.Unsuitable++;
            return;
        }

        draft.Append(sketch, output);
        ImportAttempt attempt = ImportAttempt.Of(draft.Model(), "Net");
        if (attempt.Refusal is null)
        {
            row.Taken++;
            return;
        }

        row.Refused++;
        tally.CheckRefusal(draft, attempt.Refusal);
        draft.Remove(sketch);
    }

    private static bool IsTaken(int opset)
    {
        GraphDraft draft = new(opset, new GraphValue("x", [1, 2], [1, 2], [1, 2]));
        Sketch sketch = new(draft, new Dice(new PCG(0)), draft.Input);
        sketch.Node("Sigmoid", ["x"]);
        using OnnxRuntimeRun? run = OnnxRuntimeRun.TryLoad(draft.Model(sketch));
        return run is not null || opset == OperatorSets.Oldest;
    }
}
