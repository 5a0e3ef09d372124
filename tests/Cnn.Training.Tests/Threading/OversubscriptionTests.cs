using System.Diagnostics;
using System.Runtime.CompilerServices;
using Cnn.CompilerServices;

namespace Cnn.Training.Tests.Threading;

public sealed class OversubscriptionTests
{
    [Fact]
    public void One_thread_more_than_cores_takes_at_most_half_as_long_again()
    {
        // With equal shares the floor is 4/3 on two cores: three thirds, two at a time. Other programs disturb a measurement in either direction, so it is
        // repeated until a pair of undisturbed ones fits; a team that collapses, by waiting for time slices to end, is ten times over the limit each time.
        using WorkerTeam fitting = new(2);
        using WorkerTeam crowded = new(3);
        LayeredWork work = new(layers: 20, items: 60);
        double ratio = double.PositiveInfinity;
        for (int attempt = 0; attempt < 40 && ratio > 1.5; attempt++)
            ratio = Math.Min(ratio, Measure(crowded, work) / Measure(fitting, work));

        Assert.InRange(ratio, 0, 1.5);
    }

    private static double Measure(WorkerTeam team, LayeredWork work)
    {
        const int Runs = 15;
        double[] times = new double[Runs];
        for (int run = 0; run < Runs; run++)
        {
            long start = Stopwatch.GetTimestamp();
            team.Run(work);
            times[run] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        Array.Sort(times);
        return times[Runs / 2];
    }

    /// <summary>
    /// What a network's run is to a team: items, divided anew in each layer, and a barrier behind each layer. About 100 microseconds a layer.
    /// </summary>
    private sealed class LayeredWork(int layers, int items) : IParallelRegion
    {
        private float _result;

        public void Run(in Worker worker)
        {
            for (int layer = 0; layer < layers; layer++)
            {
                worker.Range(items, out int from, out int to);
                for (int item = from; item < to; item++)
                    Volatile.Write(ref _result, Item());
                worker.Barrier();
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private static float Item()
        {
            float value = 1;
            for (int i = 0; i < 700; i++)
                value = (value * 0.999f) + 0.5f;
            return value;
        }
    }
}
