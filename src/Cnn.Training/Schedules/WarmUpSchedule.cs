namespace Cnn.Training;

internal sealed class WarmUpSchedule : Schedule
{
    private readonly Schedule _then;
    private readonly int _steps;

    public WarmUpSchedule(Schedule then, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        _then = then;
        _steps = steps;
    }

    public override string Description => FormattableString.Invariant($"{_then.Description}, warmed up over {CountFormat.Of(_steps, "step")}");

    public override double Factor(in SchedulePoint point) => Math.Min(1, (point.Step + 1.0) / _steps) * _then.Factor(point);
}
