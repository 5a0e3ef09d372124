namespace Cnn.Generator.Planning;

/// <summary>
/// Moves calls that one worker does alone between two barriers (the sum of a bias' gradient over the images, say) into a stage in which the others
/// have work: the next one that needs no result of theirs, else the one before.
/// </summary>
/// <remarks>Two stages over images that are neighbours then stay two: the barrier between them lets the memory of the first be used again.</remarks>
internal static class LoneCalls
{
    /// <param name="stages">The stages, of which those that become empty go.</param>
    /// <param name="conflict">Whether two calls touch the same memory, and one of them writes it.</param>
    public static void Move(List<StageDraft> stages, Func<StepCall, StepCall, bool> conflict)
    {
        for (int index = 0; index < stages.Count; index++)
        {
            StageDraft stage = stages[index];
            if (!stage.IsLone || Target(stages, index, conflict) is not { } target)
                continue;
            target.Calls.InsertRange(stages.IndexOf(target) > index ? 0 : target.Calls.Count, stage.Calls);
            stages.RemoveAt(index--);
        }
    }

    private static StageDraft? Target(List<StageDraft> stages, int index, Func<StepCall, StepCall, bool> conflict)
    {
        StageDraft stage = stages[index];
        for (int next = index + 1; next < stages.Count && !stages[next].IsPause; next++)
        {
            if (Conflict(stage, stages[next], conflict))
                break;
            if (CanTake(stages[next], stage))
                return stages[next];
        }

        for (int before = index - 1; before >= 0 && !stages[before].IsPause; before--)
        {
            if (Conflict(stages[before], stage, conflict))
                break;
            if (CanTake(stages[before], stage))
                return stages[before];
        }

        return null;
    }

    private static bool CanTake(StageDraft target, StageDraft stage) => target.Kind == StageKind.Batch && target.Optional == stage.Optional && !target.IsLone;

    private static bool Conflict(StageDraft first, StageDraft second, Func<StepCall, StepCall, bool> conflict) =>
        first.Calls.Any(earlier => second.Calls.Any(call => conflict(earlier, call)));
}
