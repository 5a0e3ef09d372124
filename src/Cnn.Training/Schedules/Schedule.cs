namespace Cnn.Training;

/// <summary>How the learning rate changes during a training: a factor of the rate that the optimiser was made with, a function of the update alone.</summary>
public abstract class Schedule
{
    /// <summary>The rate stays as it is.</summary>
    public static Schedule Constant { get; } = new ConstantSchedule();

    /// <summary>The settings in words. A checkpoint fits where they are equal.</summary>
    public abstract string Description { get; }

    /// <summary>The rate is multiplied by a factor every few epochs, as PyTorch's <c>StepLR</c> does.</summary>
    /// <param name="everyEpochs">At least 1.</param>
    /// <param name="factor">Above 0, at most 1. Default 0.1.</param>
    public static Schedule Step(int everyEpochs, double factor = 0.1) => new StepSchedule(everyEpochs, factor);

    /// <summary>Half a cosine from the full rate down (Loshchilov and Hutter, SGDR, arXiv 1608.03983, without restarts).</summary>
    /// <param name="final">Which factor the rate comes down to, from 0 to 1. Default 0.</param>
    public static Schedule Cosine(double final = 0) => new CosineSchedule(final);

    /// <summary>
    /// Half a cosine up to the full rate, then another down (Smith and Topin, arXiv 1708.07120), as PyTorch's <c>OneCycleLR</c>: the optimiser's rate
    /// is the highest.
    /// </summary>
    /// <param name="rise">Which part of the training the rate rises in, above 0 and below 1. Default 0.3.</param>
    /// <param name="start">The factor at the first update. Default 1/25.</param>
    /// <param name="final">The factor at the last one. Default 4e-6, which is PyTorch's.</param>
    public static Schedule OneCycle(double rise = 0.3, double start = 0.04, double final = 4e-6) => new OneCycleSchedule(rise, start, final);

    /// <summary>The factor for one update.</summary>
    /// <param name="point">Which update.</param>
    /// <returns>A number of at least 0.</returns>
    public abstract double Factor(in SchedulePoint point);

    /// <summary>Rises in a straight line during the first updates, then follows this schedule.</summary>
    /// <param name="steps">Updates until the full rate is reached, at least 1.</param>
    public Schedule WithWarmUp(int steps) => new WarmUpSchedule(this, steps);

    /// <inheritdoc/>
    public override string ToString() => Description;

    /// <summary>Half a cosine: <paramref name="from"/> at 0, <paramref name="to"/> at 1.</summary>
    private protected static double Anneal(double from, double to, double position) =>
        to + ((from - to) * 0.5 * (1 + Math.Cos(Math.PI * position)));

    private protected static double Checked(double value, double least, double most, string name)
    {
        if (value >= least && value <= most)
            return value;
        throw new ArgumentOutOfRangeException(name, FormattableString.Invariant($"{name} is {value}: give a number from {least} to {most}."));
    }
}
