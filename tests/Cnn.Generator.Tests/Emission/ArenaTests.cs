using Cnn.Generator.Collections;
using Cnn.Generator.Planning;
using Cnn.Generator.Tests.Harness;

namespace Cnn.Generator.Tests.Emission;

/// <summary>The arenas, against lifetimes that are read from the schedules here and not taken from the planner.</summary>
public sealed class ArenaTests
{
    /// <summary>What the arenas of a plan may have more than the floats that are live at once.</summary>
    private const double Slack = 1.1;

    public static TheoryData<string> Names => [.. PlannedNetworks.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_arenas_of_images_and_workers_are_at_most_a_tenth_larger_than_what_is_live_in_them_at_once(string name)
    {
        NetworkPlan plan = PlannedNetworks.Plan(name);
        foreach ((string what, EquatableArray<Stage> stages, EquatableArray<PlannedTensor> tensors, MemoryPlan memory) in Schedules(plan))
        {
            IsTight(Live(stages, tensors, images: 1), memory.BatchFloats, $"The memory of an image in the {what} of {name}");
            IsTight(Live(stages, tensors, optional: 1), memory.OptionalBatchFloats, $"The memory of an image for input gradients in the {what} of {name}");
            IsTight(Live(stages, tensors, workers: 1), memory.WorkerFloats, $"The memory of a worker in the {what} of {name}");
        }
    }

    /// <summary>With default options: 64 images and two workers train without input gradients, one image and one worker predict.</summary>
    [Theory]
    [InlineData("LeNet")]
    [InlineData("RegularizedLeNet")]
    [InlineData("Vgg")]
    public void All_memory_together_is_at_most_a_tenth_larger_than_what_is_live_at_once(string name)
    {
        NetworkPlan plan = PlannedNetworks.Plan(name);
        foreach ((string what, EquatableArray<Stage> stages, EquatableArray<PlannedTensor> tensors, MemoryPlan memory) in Schedules(plan))
        {
            (int images, int workers) = what == "trainer" ? (64, 2) : (1, 1);
            long arena = ((long)memory.BatchFloats * images) + ((long)memory.WorkerFloats * workers) + memory.SharedFloats;
            IsTight(Live(stages, tensors, images, workers: workers) + memory.SharedFloats, arena, $"The {what} of {name}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Tensors_that_are_live_at_once_never_overlap(string name)
    {
        foreach ((string what, EquatableArray<Stage> stages, EquatableArray<PlannedTensor> tensors, MemoryPlan memory) in Schedules(PlannedNetworks.Plan(name)))
            AreApart(stages, tensors, memory, $"the {what} of {name}");
    }

    private static IEnumerable<(string What, EquatableArray<Stage> Stages, EquatableArray<PlannedTensor> Tensors, MemoryPlan Memory)> Schedules(
        NetworkPlan plan)
    {
        yield return ("trainer", plan.Trainer.Forward.Concat(plan.Trainer.Backward).ToEquatableArray(), plan.Trainer.Tensors, plan.Trainer.Memory);
        yield return ("predictor", plan.Predictor.Stages, plan.Predictor.Tensors, plan.Predictor.Memory);
    }

    private static void IsTight(long live, long arena, string what)
        => Assert.True(arena <= Slack * live,
            FormattableString.Invariant($"{what} has {arena} floats, {(double)arena / live:0.000} times the {live} that are live at once."));

    /// <summary>The most floats that are live at one call, but for those that all share.</summary>
    private static long Live(EquatableArray<Stage> stages, EquatableArray<PlannedTensor> tensors, int images = 0, int optional = 0,
        int workers = 0)
    {
        Lifetime?[] lifetimes = Lifetimes(stages, tensors);
        long live = 0;
        int calls = stages.Sum(stage => stage.Calls.Length);
        for (int moment = 0; moment < calls; moment++)
        {
            live = Math.Max(live, Enumerable.Range(0, tensors.Length)
                .Where(index => lifetimes[index] is { } life && life.Contains(moment)).Sum(index => tensors[index].Space switch
                {
                    MemorySpace.Worker => (long)tensors[index].Size * workers,
                    MemorySpace.Shared => 0,
                    MemorySpace.OptionalBatch => (long)tensors[index].Size * optional,
                    _ => (long)tensors[index].Size * images,
                }));
        }

        return live;
    }

    private static void AreApart(EquatableArray<Stage> stages, EquatableArray<PlannedTensor> tensors, MemoryPlan memory, string what)
    {
        Lifetime?[] lifetimes = Lifetimes(stages, tensors);
        for (int first = 0; first < tensors.Length; first++)
        {
            if (lifetimes[first] is not { } life)
                continue;
            PlannedTensor tensor = tensors[first];
            int space = tensor.Space switch
            {
                MemorySpace.Batch => memory.BatchFloats,
                MemorySpace.Worker => memory.WorkerFloats,
                MemorySpace.Shared => memory.SharedFloats,
                _ => memory.OptionalBatchFloats,
            };
            Assert.InRange(tensor.Offset + tensor.Size, tensor.Size, space);
            for (int second = 0; second < first; second++)
            {
                PlannedTensor other = tensors[second];
                bool apart = other.Space != tensor.Space || tensor.Offset + tensor.Size <= other.Offset || other.Offset + other.Size <= tensor.Offset;
                Assert.True(apart || lifetimes[second] is not { } otherLife || !life.Overlaps(otherLife),
                    $"{tensor.Name} and {other.Name} of {what} overlap while both are live.");
            }
        }
    }

    /// <summary>
    /// The calls from the first to the last that names a tensor. All images pass through a stage together, so that a tensor of the batch lives for
    /// whole stages; what nobody else may write over lives always.
    /// </summary>
    private static Lifetime?[] Lifetimes(EquatableArray<Stage> stages, EquatableArray<PlannedTensor> tensors)
    {
        Lifetime?[] lifetimes = new Lifetime?[tensors.Length];
        int call = 0;
        foreach (Stage stage in stages)
        {
            int first = call;
            int last = call + stage.Calls.Length - 1;
            foreach (StepCall step in stage.Calls)
            {
                foreach (Address operand in step.Operands.Select(static operand => operand.Address).Where(static address => address.Region == Region.Tensor))
                {
                    bool wholeStage = tensors[operand.Tensor].Space != MemorySpace.Worker;
                    Lifetime use = wholeStage ? new Lifetime(first, last) : new Lifetime(call, call);
                    lifetimes[operand.Tensor] = tensors[operand.Tensor].IsLasting ? new Lifetime(0, int.MaxValue)
                        : lifetimes[operand.Tensor] is { } earlier ? new Lifetime(earlier.First, use.Last) : use;
                }

                call++;
            }
        }

        return lifetimes;
    }

    private readonly record struct Lifetime(int First, int Last)
    {
        public bool Contains(int moment) => First <= moment && moment <= Last;

        public bool Overlaps(Lifetime other) => First <= other.Last && other.First <= Last;
    }
}
