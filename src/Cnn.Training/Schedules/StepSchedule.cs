namespace Cnn.Training;

internal sealed class StepSchedule : Schedule
{
    private readonly int _everyEpochs;
    private readonly double _factor;

    public StepSchedule(int everyEpochs, double factor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(everyEpochs, 1);
        _everyEpochs = everyEpochs;
        _factor = Checked(factor, double.Epsilon, 1, nameof(factor));
    }

    public override string Description => FormattableString.Invariant($"times {_factor} every {CountFormat.Of(_everyEpochs, "epoch")}");

    public override double Factor(in SchedulePoint point) => Math.Pow(_factor, point.Step / point.StepsPerEpoch / _everyEpochs);
}
