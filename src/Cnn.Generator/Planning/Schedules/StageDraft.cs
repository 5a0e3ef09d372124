using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>A stage while its schedule grows.</summary>
internal sealed record StageDraft(StageKind Kind, bool Optional)
{
    /// <summary>Whether it stands for what happens outside the schedule.</summary>
    public bool IsPause { get; init; }

    public List<StepCall> Calls { get; } = [];

    /// <summary>Whether one worker would do all of it while the others wait.</summary>
    public bool IsLone => Kind == StageKind.Batch && !IsPause && Calls.All(static call => call.Sharing == Sharing.First);

    public Stage Close() => new() { Kind = Kind, Optional = Optional, Calls = Calls.ToEquatableArray() };
}
