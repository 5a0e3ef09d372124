using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>
/// Calls of kernels on two operands of which each may be shorter than the result: along the last axis runs the kernel, the other axes are loops, in which what
/// is repeated stands still.
/// </summary>
/// <param name="output">The shape of the result.</param>
internal sealed class Broadcast(TensorShape output)
{
    private int OuterAxes => Math.Max(0, output.Rank - 1);

    private int RowLength => output.Rank == 0 ? 1 : output.Axes[output.Rank - 1];

    private EquatableArray<int> Loops => output.Axes.Take(OuterAxes).ToEquatableArray();

    /// <summary>Whether an operand is as large as the result.</summary>
    public bool IsWhole(TensorLayout layout) => layout.Channels == output.Channels && layout.Axes == output.Axes;

    /// <summary>y of a and b.</summary>
    /// <param name="operation">The runtime's struct.</param>
    /// <param name="a">The first operand.</param>
    /// <param name="b">The second.</param>
    /// <param name="y">The result.</param>
    public KernelCall Forward(string operation, Value a, Value b, Value y)
    {
        KernelCall call = KernelCall.Of(RuntimeKernel.BinaryForward).Argue(new OperationArgument(operation));
        if (IsWhole(a.Layout) && IsWhole(b.Layout))
        {
            call.In("a", a).Numbers(a.Layout.Pitch).Flag(false).In("b", b).Numbers(b.Layout.Pitch).Flag(false);
            return call.Out("y", y).Positions().Pitch();
        }

        call.Loop(Loops);
        Repeated(Moving(call, "a", Access.In, a), a.Layout);
        Repeated(Moving(call, "b", Access.In, b), b.Layout);
        return Moving(call, "y", Access.Out, y).Numbers(RowLength, y.Layout.Pitch);
    }

    /// <summary>The gradient of an operand; of one that is repeated, the sum is added to what is there.</summary>
    /// <param name="operation">The runtime's struct.</param>
    /// <param name="isFirst">Whether it is the first operand's.</param>
    /// <param name="dy">The gradient of the result.</param>
    /// <param name="a">The first operand.</param>
    /// <param name="b">The second.</param>
    /// <param name="dx">The gradient.</param>
    public KernelCall Gradient(string operation, bool isFirst, Value dy, Value a, Value b, Value dx)
    {
        bool sums = !IsWhole(dx.Layout);
        KernelCall call = KernelCall.Of(RuntimeKernel.BinaryGradient(isFirst, sums)).Argue(new OperationArgument(operation)).Loop(Loops);
        Moving(call, "dy", Access.In, dy).Numbers(dy.Layout.Pitch);
        Repeated(Moving(call, "a", Access.In, a), a.Layout);
        Repeated(Moving(call, "b", Access.In, b), b.Layout);
        if (!sums)
            return Moving(call, "dx", Access.Out, dx).Numbers(RowLength, dx.Layout.Pitch);
        return Repeated(Moving(call, "dx", Access.InOut, dx), dx.Layout).Numbers(RowLength, output.Channels);
    }

    private KernelCall Moving(KernelCall call, string name, Access access, Value value) => call.Moving(
        name, access, value.Interior,
        Enumerable.Range(0, OuterAxes).Select(axis => value.Layout.Axes[axis] < output.Axes[axis] ? 0 : value.Layout.Stride(axis)).ToEquatableArray());

    /// <summary>
    /// Floats from one position of the last axis to the next, none for what is repeated along it; and whether one channel is repeated for all.
    /// </summary>
    private KernelCall Repeated(KernelCall call, TensorLayout layout) => call
        .Numbers(output.Rank == 0 || layout.Axes[output.Rank - 1] < output.Axes[output.Rank - 1] ? 0 : layout.Pitch)
        .Flag(layout.Channels < output.Channels);
}
