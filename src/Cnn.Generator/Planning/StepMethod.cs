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

    /// <summary>Names of the references that it takes, in order.</summary>
    public abstract EquatableArray<string> Operands { get; }

    /// <summary>Whether workers that do one image together divide its outermost axis; it then takes which part it is, of how many.</summary>
    public bool IsDivided { get; init; }

    /// <summary>The contraction whose kernels it calls; null for none.</summary>
    public virtual ContractionBody? Kernels => null;
}

public sealed record ContractionBody : StepBody
{
    public required Contraction Contraction { get; init; }

    /// <summary>Names of <c>a</c>, <c>b</c>, the start values if there are any, and <c>c</c>.</summary>
    public required EquatableArray<string> Names { get; init; }

    public override EquatableArray<string> Operands => Names;

    public override ContractionBody Kernels => this;
}

/// <summary>The input gradient of a linear layer, with images in the lanes.</summary>
public sealed record ImageLanesBody : StepBody
{
    public required ImageLanes Lanes { get; init; }

    public override EquatableArray<string> Operands => ["dy", "w", "dx", "dyLanes", "sums"];

    public override ContractionBody Kernels => new() { Contraction = Lanes.Kernel, Names = ["w", "dy", "dx"] };
}

/// <summary>Loops over outer axes around one call of a runtime kernel.</summary>
public sealed record RowsBody : StepBody
{
    public required EquatableArray<string> Names { get; init; }

    /// <summary>Outermost first; empty where everything is contiguous.</summary>
    public required EquatableArray<int> Counts { get; init; }

    /// <summary>For each operand its strides over <see cref="Counts"/>; none for operands that do not move.</summary>
    public required EquatableArray<EquatableArray<int>> Strides { get; init; }

    /// <summary>The call with <c>{name}</c> for each operand's reference.</summary>
    public required string Call { get; init; }

    /// <summary>Further parameters of the method, as <c>int images</c>.</summary>
    public EquatableArray<string> Extra { get; init; }

    public override EquatableArray<string> Operands => Names;
}

/// <summary>Writes zeros into a tensor's border.</summary>
public sealed record BorderBody : StepBody
{
    public required TensorLayout Layout { get; init; }

    public override EquatableArray<string> Operands => ["y"];
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

    /// <summary>The expression of the activation before a largest, which backward undoes along with it; null for none.</summary>
    public string? Activation { get; init; }

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

    public override EquatableArray<string> Operands => (Backward, Pool) switch
    {
        (false, _) => Winners is null ? [LargeOperand, SmallOperand] : [LargeOperand, SmallOperand, "winners"],
        (true, PoolKind.Max) => Activation is null ? ["winners", "dy", "dx"] : ["winners", "y", "dy", "dx"],
        (true, _) => [SmallOperand, LargeOperand],
    };
}

/// <summary>Means over windows that are not all equally long: window i goes from floor(i length / size) to ceil((i + 1) length / size).</summary>
public sealed record AdaptivePoolBody : StepBody
{
    public required bool Backward { get; init; }

    /// <summary>The input, or its gradient.</summary>
    public required TensorLayout Large { get; init; }

    /// <summary>The output, or its gradient.</summary>
    public required TensorLayout Small { get; init; }

    public override EquatableArray<string> Operands => Backward ? ["dy", "dx"] : ["x", "y"];
}
