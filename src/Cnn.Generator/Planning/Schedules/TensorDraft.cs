namespace Cnn.Generator.Planning;

/// <summary>A tensor while its schedule grows: how long it is needed, counted in stages and in calls.</summary>
/// <param name="name">What the generated code calls it.</param>
/// <param name="size">Its floats, an image's where there is one for each.</param>
internal sealed class TensorDraft(string name, int size)
{
    public string Name => name;

    public int Size => size;

    /// <summary>Whether there is one for all images.</summary>
    public bool IsShared { get; init; }

    /// <summary>Whether that one is needed between its first stage and its last alone.</summary>
    public bool IsPassing { get; init; }

    /// <inheritdoc cref="PlannedTensor.IsLasting"/>
    public bool IsLasting { get; init; }

    public bool Optional { get; init; }

    /// <inheritdoc cref="PlannedTensor.IsOwn"/>
    public bool IsOwn { get; init; }

    public int FirstStage { get; private set; } = int.MaxValue;

    public int LastStage { get; private set; } = -1;

    public int FirstCall { get; private set; } = int.MaxValue;

    public int LastCall { get; private set; } = -1;

    public bool OnlyPerImage { get; private set; } = true;

    public void Touch(int stage, int call, StageKind kind)
    {
        FirstStage = Math.Min(FirstStage, stage);
        LastStage = Math.Max(LastStage, stage);
        FirstCall = Math.Min(FirstCall, call);
        LastCall = Math.Max(LastCall, call);
        OnlyPerImage &= kind == StageKind.PerImage;
    }
}
