namespace Cnn.Training;

internal sealed class ConstantSchedule : Schedule
{
    public override string Description => "constant";

    public override double Factor(in SchedulePoint point) => 1;
}
