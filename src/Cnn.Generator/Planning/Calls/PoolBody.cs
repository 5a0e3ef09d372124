using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

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

    /// <summary>Means of blocks that lie side by side and cover the whole map, or without the division their sums and repetitions.</summary>
    /// <param name="block">Positions of a block along each axis.</param>
    /// <param name="large">The map of the blocks, or its gradient.</param>
    /// <param name="small">The map with one element a block, or its gradient.</param>
    public static PoolBody OfBlocks(EquatableArray<int> block, TensorLayout large, TensorLayout small, bool backward) => new()
    {
        Pool = PoolKind.Average,
        Backward = backward,
        Window = new WindowShape
        {
            Kernel = block,
            Stride = block,
            Dilation = Enumerable.Repeat(1, block.Length).ToEquatableArray(),
            PaddingBegin = TensorLayout.Zeros(block.Length),
            PaddingEnd = TensorLayout.Zeros(block.Length),
        },
        CountIncludePad = true,
        Input = large,
        Output = small,
        Gradient = large,
    };

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
