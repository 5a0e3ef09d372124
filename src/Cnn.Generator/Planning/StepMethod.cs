using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>One generated method of a layer.</summary>
public sealed record StepMethod
{
    public required string Name { get; init; }

    /// <summary>The formula with shapes, for the reader.</summary>
    public required string Formula { get; init; }

    public required StepBody Body { get; init; }
}

/// <summary>What a step method does. Equal bodies are one method.</summary>
public abstract record StepBody
{
    private protected StepBody()
    {
    }

    /// <summary>The references that it takes, in order.</summary>
    public abstract EquatableArray<StepOperand> Operands { get; }

    /// <summary>What it takes behind them.</summary>
    public virtual RunNumbers Numbers => IsDivided ? RunNumbers.Share : RunNumbers.None;

    /// <summary>Whether workers that do one image together divide its outermost axis; it then takes which part it is, of how many.</summary>
    public bool IsDivided { get; init; }

    /// <summary>The units that workers share, where it takes a range of them.</summary>
    public virtual int Units => 0;

    /// <summary>The contraction whose kernels it calls; null for none.</summary>
    public virtual ContractionBody? Kernels => null;
}

/// <summary>A reference that a step method takes: what it calls it, and what it does with it.</summary>
public sealed record StepOperand(string Name, Access Access);

public sealed record ContractionBody : StepBody
{
    public required Contraction Contraction { get; init; }

    /// <summary><c>a</c>, <c>b</c>, the start values if there are any, and <c>c</c>.</summary>
    public required EquatableArray<StepOperand> Formals { get; init; }

    /// <summary>The kernels of its lane sections.</summary>
    public required EquatableArray<SectionKernel> Sections { get; init; }

    public override EquatableArray<StepOperand> Operands => Formals;

    public override RunNumbers Numbers => (Contraction.TakesImages ? RunNumbers.Images : RunNumbers.None)
        | (Contraction.Start == StartValue.Previous ? RunNumbers.IsFirst : RunNumbers.None)
        | (Contraction.Units == UnitKind.None ? RunNumbers.Share : RunNumbers.Range);

    public override int Units => Contraction.UnitCount;

    public override ContractionBody Kernels => this;

    /// <summary>A contraction whose operands have these names.</summary>
    public static ContractionBody Of(Contraction contraction, string a, string b, string c, string? start = null)
    {
        if (start is null && contraction.HasStartValues)
            contraction = contraction with { Start = StartValue.Zero };
        StepOperand sum = new(c, contraction.Start == StartValue.Previous ? Access.InOut : Access.Out);
        return new ContractionBody
        {
            Contraction = contraction,
            Sections = SectionKernel.Of(contraction),
            Formals = start is null
                ? [new StepOperand(a, Access.In), new StepOperand(b, Access.In), sum]
                : [new StepOperand(a, Access.In), new StepOperand(b, Access.In), new StepOperand(start, Access.In), sum],
        };
    }
}

/// <summary>The input gradient of a linear layer, with images in the lanes.</summary>
public sealed record ImageLanesBody : StepBody
{
    public required ImageLanes Lanes { get; init; }

    public override EquatableArray<StepOperand> Operands =>
        [new("dy", Access.In), new("w", Access.In), new("dx", Access.Out), new("dyLanes", Access.Scratch), new("sums", Access.Scratch)];

    public override RunNumbers Numbers => RunNumbers.Images | RunNumbers.Range;

    public override int Units => Lanes.Parts;

    public override ContractionBody Kernels => ContractionBody.Of(Lanes.Kernel, "w", "dy", "dx");
}

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

/// <summary>Writes zeros into a tensor's border.</summary>
public sealed record BorderBody : StepBody
{
    public required TensorLayout Layout { get; init; }

    public override EquatableArray<StepOperand> Operands => [new("y", Access.Border)];
}

/// <summary>A pooling window, forward or backward.</summary>
public sealed record PoolBody : StepBody
{
    public required PoolKind Pool { get; init; }

    public required bool Backward { get; init; }

    public required WindowShape Window { get; init; }

    public required bool CountIncludePad { get; init; }

    /// <summary>Whether a mean is divided by its window's size. Without that, backward repeats each element, and forward sums over the repetitions.</summary>
    public bool Divides { get; init; } = true;

    /// <summary>
    /// Where a trainer's largest notes which element of each window won, from 0 on in the order of the window: so backward needs no input. Null in a predictor.
    /// </summary>
    public TensorLayout? Winners { get; init; }

    /// <summary>The activation before a largest, which backward undoes along with it; null for none.</summary>
    public ActivationSpec? Activation { get; init; }

    /// <summary>The layout of the largest, from which the activation is undone.</summary>
    public TensorLayout? Largest { get; init; }

    /// <summary>The input's layout, which backward does not read.</summary>
    public required TensorLayout Input { get; init; }

    public required TensorLayout Output { get; init; }

    /// <summary>The layout of the input's gradient; the input's own when forward.</summary>
    public required TensorLayout Gradient { get; init; }

    /// <summary>Whether a window can reach over the input's edge.</summary>
    public bool HasEdges
    {
        get
        {
            for (int axis = 0; axis < Input.Axes.Length; axis++)
            {
                int last = ((Output.Axes[axis] - 1) * Window.Stride[axis]) + ((Window.Kernel[axis] - 1) * Window.Dilation[axis]);
                if (Window.PaddingBegin[axis] > 0 || last - Window.PaddingBegin[axis] >= Input.Axes[axis])
                    return true;
            }

            return false;
        }
    }

    /// <summary>Whether every input lies in exactly one window, so that its gradient is written and not summed.</summary>
    public bool IsPartition
    {
        get
        {
            for (int axis = 0; axis < Input.Axes.Length; axis++)
            {
                if (Window.Kernel[axis] != Window.Stride[axis] || Window.Dilation[axis] != 1 || Input.Axes[axis] % Window.Kernel[axis] != 0)
                    return false;
            }

            return !HasEdges;
        }
    }

    /// <summary>The operand that windows slide over; an enlargement's is its output.</summary>
    public string LargeOperand => (Backward, Divides) switch
    {
        (false, true) => "x",
        (true, true) => "dx",
        (true, false) => "y",
        (false, false) => "dy",
    };

    /// <summary>The operand with one element a window.</summary>
    public string SmallOperand => (Backward, Divides) switch
    {
        (false, true) => "y",
        (true, true) => "dy",
        (true, false) => "x",
        (false, false) => "dx",
    };

    public override EquatableArray<StepOperand> Operands => (Backward, Pool) switch
    {
        (false, _) => Winners is null ? [In(LargeOperand), Out(SmallOperand)] : [In(LargeOperand), Out(SmallOperand), Out("winners")],
        (true, PoolKind.Max) => Activation is null ? [In("winners"), In("dy"), Gradients("dx")] : [In("winners"), In("y"), In("dy"), Gradients("dx")],
        (true, _) => [In(SmallOperand), Gradients(LargeOperand)],
    };

    private static StepOperand In(string name) => new(name, Access.In);

    private static StepOperand Out(string name) => new(name, Access.Out);

    /// <summary>Where windows overlap, their shares are added.</summary>
    private StepOperand Gradients(string name) => new(name, IsPartition ? Access.Out : Access.InOut);
}

/// <summary>Means over windows that are not all equally long: window i goes from floor(i length / size) to ceil((i + 1) length / size).</summary>
public sealed record AdaptivePoolBody : StepBody
{
    public required bool Backward { get; init; }

    /// <summary>The input, or its gradient.</summary>
    public required TensorLayout Large { get; init; }

    /// <summary>The output, or its gradient.</summary>
    public required TensorLayout Small { get; init; }

    public override EquatableArray<StepOperand> Operands =>
        Backward ? [new("dy", Access.In), new("dx", Access.InOut)] : [new("x", Access.In), new("y", Access.Out)];
}
