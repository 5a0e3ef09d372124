using Cnn.Generator.Planning;

namespace Cnn.Generator.Tests.Scaling;

/// <summary>What a pass takes on so many workers, each a core of its own: of each stage the slowest worker, and the barriers.</summary>
/// <param name="cost">Of the schedule's steps.</param>
/// <param name="images">Of the pass.</param>
/// <param name="workers">How many.</param>
internal sealed class PassTime(StepCost cost, int images, int workers)
{
    /// <summary>Nanoseconds.</summary>
    private const double Barrier = 1_000;

    /// <summary>Nanoseconds of the stages.</summary>
    public double Of(IEnumerable<Stage> stages) => stages.Where(stage => !stage.Optional)
        .Sum(stage => (workers > 1 ? Barrier : 0) + (stage.Kind == StageKind.PerImage ? PerImage(stage) : Batch(stage)));

    private double PerImage(Stage stage)
    {
        if (images >= workers || stage.Calls.All(call => !call.IsShared && call.Turns == 0))
            return (double)((images + workers - 1) / workers) * stage.Calls.Sum(call => cost.Whole(call, images: 1));
        int parts = workers / images;
        double time = 0;
        double[] busy = new double[parts];
        foreach (StepCall call in stage.Calls)
        {
            if (call.MeetsBefore)
            {
                time += busy.Max() + Barrier;
                Array.Clear(busy);
            }

            if (call.Sharing == Sharing.Parts)
                Add(busy, cost.LargestShare(call, parts));
            else if (call.Sharing == Sharing.Each)
                Add(busy, cost.Whole(call, images: 1));
            else
                busy[call.Turns == 0 ? 0 : call.Turn * parts / call.Turns] += cost.Whole(call, images: 1);
        }

        return time + busy.Max();
    }

    private double Batch(Stage stage)
    {
        double[] busy = new double[workers];
        foreach (StepCall call in stage.Calls)
        {
            if (call.Sharing == Sharing.First)
            {
                busy[0] += cost.Whole(call, images);
                continue;
            }

            double[] units = cost.UnitsOfPass(call, images);
            for (int worker = 0; worker < workers; worker++)
            {
                int from = (int)((long)worker * units.Length / workers);
                int to = (int)((worker + 1L) * units.Length / workers);
                busy[worker] += units.AsSpan(from, to - from).ToArray().Sum();
            }
        }

        return busy.Max();
    }

    private static void Add(double[] busy, double time)
    {
        for (int worker = 0; worker < busy.Length; worker++)
            busy[worker] += time;
    }
}
