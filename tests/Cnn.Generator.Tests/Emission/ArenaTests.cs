using Cnn.Generator.Collections;
using Cnn.Generator.Planning;
using Cnn.Generator.Tests.Harness;

namespace Cnn.Generator.Tests.Emission;

/// <summary>The arenas, against lifetimes that are read from the schedules here and not taken from the planner.</summary>
public sealed class ArenaTests
{
    private const int Images = 64;
    private const int Workers = 2;

    public static TheoryData<string> Names => [.. PlannedNetworks.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Arenas_are_at_most_a_tenth_larger_than_what_is_live_at_once(string name)
    {
        NetworkPlan plan = PlannedNetworks.Plan(name);
        (EquatableArray<Stage> stages, EquatableArray<PlannedTensor> tensors, MemoryPlan memory) = Trainer(plan);
        IsTight(stages, tensors, memory, $"the trainer of {name}");
        IsTight(plan.Predictor.Stages, plan.Predictor.Tensors, plan.Predictor.Memory, $"the predictor of {name}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Tensors_that_are_live_at_once_never_overlap(string name)
    {
        NetworkPlan plan = PlannedNetworks.Plan(name);
        (EquatableArray<Stage> stages, EquatableArray<PlannedTensor> tensors, MemoryPlan memory) = Trainer(plan);
        AreApart(stages, tensors, memory, $"the trainer of {name}");
        AreApart(plan.Predictor.Stages, plan.Predictor.Tensors, plan.Predictor.Memory, $"the predictor of {name}");
    }

    private static (EquatableArray<Stage> Stages, EquatableArray<PlannedTensor> Tensors, MemoryPlan Memory) Trainer(NetworkPlan plan) =>
        (plan.Trainer.Forward.Concat(plan.Trainer.Backward).ToEquatableArray(), plan.Trainer.Tensors, plan.Trainer.Memory);

    private static void IsTight(EquatableArray<Stage> stages, EquatableArray<PlannedTensor> tensors, MemoryPlan memory, string what)
    {
        Lifetime?[] lifetimes = Lifetimes(stages, tensors);
        long arena = ((long)(memory.BatchFloats + memory.OptionalBatchFloats) * Images) + ((long)memory.WorkerFloats * Workers) + memory.SharedFloats;
        long live = 0;
        int calls = stages.Sum(stage => stage.Calls.Length);
        for (int moment = 0; moment < calls; moment++)
            live = Math.Max(live, Enumerable.Range(0, tensors.Length).Where(index => lifetimes[index] is { } life && life.Contains(moment)).Sum(index => Floats(tensors[index])));
        Assert.True(arena <= 1.1 * live, FormattableString.Invariant($"The arena of {what} has {arena} floats, {(double)arena / live:0.000} times the {live} that are live at once."));
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
                Assert.True(apart || lifetimes[second] is not { } otherLife || !life.Overlaps(otherLife), $"{tensor.Name} and {other.Name} of {what} overlap while both are live.");
            }
        }
    }

    private static long Floats(PlannedTensor tensor) => tensor.Space switch
    {
        MemorySpace.Worker => (long)tensor.Size * Workers,
        MemorySpace.Shared => tensor.Size,
        _ => (long)tensor.Size * Images,
    };

    /// <summary>The calls from the first to the last that names a tensor. All images pass through a stage together, so that a tensor of the batch lives for whole stages.</summary>
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
                foreach (Operand operand in step.Operands.Where(operand => operand.Region == Region.Tensor))
                {
                    bool wholeStage = tensors[operand.Tensor].Space != MemorySpace.Worker;
                    Lifetime use = wholeStage ? new Lifetime(first, last) : new Lifetime(call, call);
                    lifetimes[operand.Tensor] = lifetimes[operand.Tensor] is { } earlier ? new Lifetime(earlier.First, use.Last) : use;
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
