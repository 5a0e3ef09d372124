using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>
/// Decides where the workers that do one image together wait for each other: before a call that touches memory which a call of another worker has
/// touched since the last meeting, where one of the two writes it.
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
        foreach (Operand first in a.Operands)
        {
            foreach (Operand second in b.Operands)
            {
                if ((first.IsWritten || second.IsWritten) && SharesMemory(first.Address, second.Address) && !WriteApart(a, first, b, second))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Of what is no tensor, the calls over images read parameters and the user's input alone, and write the user's output once.</summary>
    private bool SharesMemory(Address first, Address second)
    {
        if (first.Region != Region.Tensor || second.Region != Region.Tensor)
            return false;
        PlannedTensor a = tensors[first.Tensor];
        PlannedTensor b = tensors[second.Tensor];
        return a.Space == b.Space && a.Offset < b.Offset + b.Size && b.Offset < a.Offset + a.Size && !(a.IsOwn && b.IsOwn);
    }

    /// <summary>Whether two calls write different elements of one tensor: the strips of a layer, or the border and what is inside.</summary>
    private static bool WriteApart(StepCall a, Operand first, StepCall b, Operand second)
    {
        if (first.Address.Tensor != second.Address.Tensor || !first.IsWritten || !second.IsWritten)
            return false;
        return first.Access == Access.Border || second.Access == Access.Border || (a.Sharing == Sharing.Turn && b.Sharing == Sharing.Turn);
    }
}
