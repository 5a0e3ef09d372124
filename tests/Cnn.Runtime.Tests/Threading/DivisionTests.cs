using Cnn.CompilerServices;

namespace Cnn.Runtime.Tests.Threading;

/// <summary>Whatever workers there are, each unit of each image is done once, and groups of images are the same.</summary>
public sealed class DivisionTests
{
    private static readonly int[] Counts = [1, 2, 3, 5, 7, 16, 64];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(64)]
    [InlineData(100)]
    public void Each_unit_of_each_image_is_in_one_run(int images)
    {
        foreach ((int units, int workers) in Counts.SelectMany(units => Counts.Select(workers => (units, workers))))
        {
            int[,] done = new int[units, images];
            for (int index = 0; index < workers; index++)
            {
                foreach (UnitRun run in new UnitRuns(new Worker(team: null, index, workers), images, units))
                {
                    Assert.True(run.Images > 0 && run.FromUnit < run.ToUnit);
                    Count(done, (run.FromUnit, run.ToUnit), (run.FirstImage, run.FirstImage + run.Images));
                }
            }

            Assert.All(done.Cast<int>(), count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void One_worker_does_all_units_in_one_run()
    {
        List<UnitRun> runs = [];
        foreach (UnitRun run in new UnitRuns(new Worker(team: null, 0, 1), 50, 7))
            runs.Add(run);
        UnitRun all = Assert.Single(runs);
        Assert.Equal((0, 50, 0, 7), (all.FirstImage, all.Images, all.FromUnit, all.ToUnit));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(64)]
    public void Each_unit_of_each_image_is_in_one_group_which_workers_do_not_change(int images)
    {
        foreach ((int units, int groups) in Counts.SelectMany(units => Counts.Select(groups => (units, groups))))
        {
            HashSet<(int Index, int First, int End)>? before = null;
            foreach (int workers in Counts)
            {
                HashSet<(int Index, int First, int End)> these = [];
                int[,] done = new int[units, images];
                for (int index = 0; index < workers; index++)
                {
                    foreach (ImageGroup group in new ImageGroups(new Worker(team: null, index, workers), images, units, groups))
                    {
                        these.Add((group.Index, group.First, group.End));
                        Count(done, (group.FromUnit, group.ToUnit), (group.First, group.End));
                    }
                }

                Assert.All(done.Cast<int>(), count => Assert.Equal(1, count));
                Assert.Equal(Math.Min(images, groups), these.Count);
                Assert.True(before is null || before.SetEquals(these));
                before = these;
            }
        }
    }

    private static void Count(int[,] done, (int From, int To) units, (int From, int To) images)
    {
        for (int unit = units.From; unit < units.To; unit++)
        {
            for (int image = images.From; image < images.To; image++)
                done[unit, image]++;
        }
    }
}
