using System.Reflection;
using Cnn.CompilerServices;
using Cnn.Generator.Collections;
using Cnn.Generator.Planning;
using Cnn.Generator.Tests.Harness;

namespace Cnn.Generator.Tests.Emission;

/// <summary>What runs between two barriers, read from the plans and not taken from the planner.</summary>
public sealed class StageTests
{
    public static TheoryData<string> Names => [.. PlannedNetworks.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void No_two_workers_touch_what_one_of_them_writes_between_two_barriers(string name)
    {
        TrainerPlan trainer = PlannedNetworks.Plan(name).Trainer;
        foreach (Stage stage in trainer.Forward.Concat(trainer.Backward).Where(static stage => stage.Kind == StageKind.Batch))
        {
            foreach ((StepCall first, StepCall second) in stage.Calls.SelectMany((call, index) => stage.Calls.Skip(index + 1).Select(other => (call, other))))
            {
                bool oneWorker = first.Sharing == Sharing.First && second.Sharing == Sharing.First;
                Assert.True(oneWorker || !Conflict(first, second, trainer.Tensors), $"{first.Method} and {second.Method} of {name} share memory in one stage.");
            }
        }
    }

    [Theory]
    [InlineData("LeNet")]
    [InlineData("LossAbsolute")]
    public void No_worker_runs_alone_between_two_barriers_while_others_have_work_left(string name)
    {
        TrainerPlan trainer = PlannedNetworks.Plan(name).Trainer;
        Assert.DoesNotContain(
            trainer.Forward.Concat(trainer.Backward), static stage => stage.Kind == StageKind.Batch
                && stage.Calls.All(static call => call.Sharing == Sharing.First));
    }

    [Fact]
    public void Every_kernel_that_plans_call_is_a_method_of_the_runtime()
    {
        RuntimeKernel[] kernels = [.. typeof(RuntimeKernel).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Select(static property => (RuntimeKernel)property.GetValue(null)!)];
        Assert.NotEmpty(kernels);
        Assert.All(kernels, static kernel =>
            Assert.NotNull(typeof(ElementWise).Assembly.GetType($"Cnn.CompilerServices.{kernel.Class}")?.GetMember(kernel.Method).FirstOrDefault()));
    }

    private static bool Conflict(StepCall first, StepCall second, EquatableArray<PlannedTensor> tensors) => first.Operands.Any(one => second.Operands.Any(
        other => (one.Access != Access.In || other.Access != Access.In) && Overlap(one.Address, other.Address, tensors)));

    private static bool Overlap(Address first, Address second, EquatableArray<PlannedTensor> tensors)
    {
        if (first.Region != second.Region)
            return false;
        if (first.Region != Region.Tensor)
            return first.Offset == second.Offset;
        PlannedTensor one = tensors[first.Tensor], other = tensors[second.Tensor];
        bool own = one.Space == MemorySpace.Worker;
        return one.Space == other.Space && !own && one.Offset < other.Offset + other.Size && other.Offset < one.Offset + one.Size;
    }
}
