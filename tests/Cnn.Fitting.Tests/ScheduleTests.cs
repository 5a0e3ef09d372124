using Cnn.Training;

namespace Cnn.Fitting.Tests;

public sealed class ScheduleTests
{
    private const int Epoch = 10;
    private const int Steps = 100;

    [Fact]
    public void Steps_fall_between_epochs()
    {
        Schedule schedule = Schedule.Step(3, 0.1);
        Assert.Equal([1, 1, 0.1, 0.1, 0.01], new long[] { 0, 29, 30, 59, 60 }.Select(step => Math.Round(At(schedule, step), 12)));
    }

    [Fact]
    public void A_cosine_falls_from_1_by_half_in_the_middle()
    {
        Assert.Equal(1, At(Schedule.Cosine(), 0), 1e-6);
        Assert.Equal(0.5, At(Schedule.Cosine(), 50), 1e-6);
        Assert.Equal(0.55, At(Schedule.Cosine(0.1), 50), 1e-6);
        Assert.InRange(At(Schedule.Cosine(0.1), 99), 0.1, 0.101);
    }

    [Fact]
    public void One_cycle_rises_to_1_and_falls_to_its_end()
    {
        // The values of torch.optim.lr_scheduler.OneCycleLR(max_lr=1, total_steps=100), by its formulas: phases end at 29 and 99.
        Schedule schedule = Schedule.OneCycle();
        Assert.Equal(0.04, At(schedule, 0), 1e-9);
        Assert.Equal(1, At(schedule, 29), 1e-9);
        Assert.Equal(0.04 + (0.96 * 0.5 * (1 - Math.Cos(Math.PI * 10 / 29))), At(schedule, 10), 1e-9);
        Assert.Equal(4e-6 + ((1 - 4e-6) * 0.5), At(schedule, 64), 1e-9);
        Assert.Equal(4e-6, At(schedule, 99), 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void One_cycle_is_a_number_however_short_the_training(int steps)
    {
        for (int step = 0; step < steps; step++)
            Assert.InRange(Schedule.OneCycle().Factor(new SchedulePoint(step, steps, 1)), 0, 1);
    }

    [Fact]
    public void A_warm_up_rises_in_a_line_and_then_follows()
    {
        Schedule schedule = Schedule.Constant.WithWarmUp(4);
        Assert.Equal([0.25, 0.5, 0.75, 1, 1], Enumerable.Range(0, 5).Select(step => At(schedule, step)));
        Assert.Equal(At(Schedule.Cosine(), 70), At(Schedule.Cosine().WithWarmUp(5), 70));
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.Step(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.Step(1, 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.Cosine(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.OneCycle(rise: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.Constant.WithWarmUp(0));
    }

    private static double At(Schedule schedule, long step) => schedule.Factor(new SchedulePoint(step, Steps, Epoch));
}
