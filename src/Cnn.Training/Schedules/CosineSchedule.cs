namespace Cnn.Training;

internal sealed class CosineSchedule(double final) : Schedule
{
    private readonly double _final = Checked(final, 0, 1, nameof(final));

    public override string Description => FormattableString.Invariant($"cosine to {_final}");

    public override double Factor(in SchedulePoint point)
    {
        // In float, as learning rates are.
        float part = 0.5f * (1f + MathF.Cos(MathF.PI * point.Step / point.Steps));
        return _final + ((1 - _final) * part);
    }
}
