using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>Loops over outer axes around one call of a runtime kernel.</summary>
public sealed record KernelBody : StepBody
{
    public required RuntimeKernel Kernel { get; init; }

    /// <summary>The references that the method takes, in the order in which the kernel first takes them.</summary>
    public required EquatableArray<StepOperand> Formals { get; init; }

    /// <summary>In the kernel's order.</summary>
    public required EquatableArray<KernelArgument> Arguments { get; init; }

    /// <summary>How often each loop runs, outermost first; empty where everything is contiguous.</summary>
    public required EquatableArray<int> Counts { get; init; }

    /// <summary>The units of the whole, where it takes a range of them; else 0.</summary>
    public required int AllUnits { get; init; }

    public override EquatableArray<StepOperand> Operands => Formals;

    public override int Units => AllUnits;

    /// <inheritdoc/>
    public override RunNumbers Numbers => Arguments.Aggregate(base.Numbers, static (numbers, argument) => numbers | NumbersOf(argument));

    private static RunNumbers NumbersOf(KernelArgument argument) => argument switch
    {
        RunArgument run => run.Number,
        ReciprocalArgument => RunNumbers.Images,
        ImageMultipleArgument => RunNumbers.Image,
        _ => RunNumbers.None,
    };
}
