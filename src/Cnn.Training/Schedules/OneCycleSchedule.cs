namespace Cnn.Training;

internal sealed class OneCycleSchedule : Schedule
{
    private readonly double _rise;
    private readonly double _start;
    private readonly double _final;

    public OneCycleSchedule(double rise, double start, double final)
    {
        if (!(rise > 0 && rise < 1))
            throw new ArgumentOutOfRangeException(nameof(rise), FormattableString.Invariant($"rise is {rise}: give a number above 0 and below 1."));
        _rise = rise;
        _start = Checked(start, 0, 1, nameof(start));
        _final = Checked(final, 0, 1, nameof(final));
    }

    public override string Description => FormattableString.Invariant($"one cycle from {_start} to {_final}, rising for {_rise}");

    public override double Factor(in SchedulePoint point)
    {
        // PyTorch puts the highest rate at update rise * steps - 1, and the last one at steps - 1.
        double top = (_rise * point.Steps) - 1;
        double last = point.Steps - 1;
        if (point.Step <= top)
            return Anneal(_start, 1, top > 0 ? point.Step / top : 1);
        return last <= top ? _final : Anneal(1, _final, (point.Step - top) / (last - top));
    }
}
