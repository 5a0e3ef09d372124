using Cnn.Generator.Model;
using Cnn.Generator.Planning;
using Cnn.Generator.Tests.Scaling;

namespace Cnn.Rooflines.Benchmarks;

/// <summary>Counts what the steps of a pass compute and move.</summary>
/// <param name="plan">Of the network.</param>
/// <param name="images">Of the pass.</param>
/// <param name="roofs">Which knows the caches.</param>
/// <param name="tensors">Of the schedule.</param>
/// <param name="memory">That they need.</param>
/// <param name="stages">That run.</param>
/// <param name="regions">Floats of each memory of parameters.</param>
internal sealed class PassWork(
    NetworkPlan plan, int images, Roofs roofs, IReadOnlyList<PlannedTensor> tensors, MemoryPlan memory, IReadOnlyList<Stage> stages,
    IReadOnlyDictionary<Region, int> regions)
{
    /// <summary>One that moves without taking time, so that what is counted is multiply-adds.</summary>
    private static readonly CoreRates OnlyMultiplyAdds = new(1, double.PositiveInfinity);

    private readonly StepCost _cost = new(plan, tensors, OnlyMultiplyAdds);

    /// <summary>Where each parameter of a region starts; it ends where the next one does.</summary>
    private readonly ILookup<Region, int> _starts = stages.SelectMany(static stage => stage.Calls).SelectMany(static call => call.Operands)
        .Where(operand => regions.ContainsKey(operand.Address.Region))
        .ToLookup(static operand => operand.Address.Region, static operand => operand.Address.Offset);

    public IReadOnlyList<StepWork> Steps() =>
    [
        .. stages.SelectMany(stage => stage.Calls.Select(call => Of(call, stage.Kind == StageKind.PerImage)))
            .GroupBy(static work => work.Name).Select(StepWork.Sum),
    ];

    private StepWork Of(StepCall call, bool isPerImage)
    {
        int times = isPerImage ? images : 1;
        int imagesOfCall = isPerImage ? 1 : images;
        Dictionary<Level, double> floats = [];
        foreach (Operand operand in call.Operands.Where(static operand => operand.Access is not (Access.Scratch or Access.Border)))
        {
            (double amount, double whole) = Floats(operand.Address, imagesOfCall);
            amount *= operand.Access == Access.InOut ? 2 : 1;
            Level level = roofs.Of(whole);
            floats[level] = floats.GetValueOrDefault(level) + (amount * times / Math.Max(1, call.Turns));
        }

        return new StepWork(call.Method, times * MultiplyAdds(call, imagesOfCall), floats);
    }

    private double MultiplyAdds(StepCall call, int imagesOfCall)
    {
        if (call.Sharing is not (Sharing.Units or Sharing.UnitsOfImages or Sharing.UnitsOfEachImage))
            return _cost.Whole(call, imagesOfCall);
        return _cost.UnitsOfPass(call, imagesOfCall).Sum();
    }

    /// <summary>An operand's floats, and those of the memory whose size says in which cache it lies.</summary>
    private (double Amount, double Whole) Floats(Address address, int imagesOfCall)
    {
        ShapedNetwork network = plan.Network;
        switch (address.Region)
        {
            case Region.Tensor:
                PlannedTensor tensor = tensors[address.Tensor];
                return tensor.Space switch
                {
                    MemorySpace.Worker => (tensor.Size, memory.WorkerFloats),
                    MemorySpace.Shared => (tensor.Size, memory.SharedFloats),
                    _ => ((double)tensor.Size * imagesOfCall, (double)memory.BatchFloats * images),
                };
            case Region.UserInput or Region.InputGradient:
                return Port(network.Inputs[address.Tensor].Shape.Length);
            case Region.UserOutput or Region.OutputGradient:
                return Port(network.Outputs[address.Tensor].Shape.Length);
            default:
                int end = _starts[address.Region].Where(start => start > address.Offset).DefaultIfEmpty(regions[address.Region]).Min();
                return (end - address.Offset, regions[address.Region]);
        }

        (double Amount, double Whole) Port(int length) => ((double)length * imagesOfCall, (double)length * images);
    }
}
