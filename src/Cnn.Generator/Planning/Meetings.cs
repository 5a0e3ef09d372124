using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>
/// Decides where the workers that do one image together wait for each other: before a call that touches memory which a call of another worker has touched since the
/// last meeting, where one of the two writes it.
/// </summary>
/// <param name="tensors">The tensors of the schedule, placed: two that share memory one after the other are as good as one.</param>
internal sealed class Meetings(EquatableArray<PlannedTensor> tensors)
{
    /// <summary>The stages, with the meetings of those over images.</summary>
    public EquatableArray<Stage> Place(EquatableArray<Stage> stages) =>
        stages.Select(stage => stage.Kind == StageKind.PerImage ? stage with { Calls = Place(stage.Calls) } : stage).ToEquatableArray();

    private EquatableArray<StepCall> Place(EquatableArray<StepCall> calls)
    {
        List<StepCall> since = [];
        List<StepCall> placed = [];
        foreach (StepCall call in calls)
        {
            bool meets = since.Any(earlier => !IsSameWorker(earlier, call) && Conflict(earlier, call));
            if (meets)
                since.Clear();
            since.Add(call);
            placed.Add(call with { MeetsBefore = meets });
        }

        return placed.ToEquatableArray();
    }

    private static bool IsSameWorker(StepCall a, StepCall b) => !a.IsShared && !b.IsShared && a.Turn == b.Turn && (a.Turn == 0 || a.Turns == b.Turns);

    private bool Conflict(StepCall a, StepCall b)
    {
        foreach (Use first in Uses(a))
        {
            foreach (Use second in Uses(b))
            {
                if ((first.Writes || second.Writes) && SharesMemory(first.Tensor, second.Tensor) && !WriteApart(a, first, b, second))
                    return true;
            }
        }

        return false;
    }

    /// <summary>What a call touches. Those that several workers can do write their last tensor alone; of the others that is not known.</summary>
    private static IEnumerable<Use> Uses(StepCall call)
    {
        bool isKnown = call.IsShared || call.Shape == CallShape.Turn;
        List<int> touched = [.. call.Operands.Where(static operand => operand.Region == Region.Tensor).Select(static operand => operand.Tensor)];
        return touched.Select((tensor, index) => new Use(tensor, !isKnown || index == touched.Count - 1, index == touched.Count - 1));
    }

    private bool SharesMemory(int first, int second)
    {
        PlannedTensor a = tensors[first];
        PlannedTensor b = tensors[second];
        return a.Space == b.Space && a.Offset < b.Offset + b.Size && b.Offset < a.Offset + a.Size && !(a.IsOwn && b.IsOwn);
    }

    /// <summary>Whether two calls write different elements of one tensor: the strips of a layer, or the border and what is inside.</summary>
    private static bool WriteApart(StepCall a, Use first, StepCall b, Use second)
    {
        if (first.Tensor != second.Tensor || !first.IsLast || !second.IsLast)
            return false;
        return a.Shape == CallShape.Border || b.Shape == CallShape.Border || (a.Shape == CallShape.Turn && b.Shape == CallShape.Turn);
    }

    /// <summary>A tensor that a call touches.</summary>
    /// <param name="Tensor">Which.</param>
    /// <param name="Writes">Whether the call may write it.</param>
    /// <param name="IsLast">Whether it is the call's last tensor.</param>
    private readonly record struct Use(int Tensor, bool Writes, bool IsLast);
}
