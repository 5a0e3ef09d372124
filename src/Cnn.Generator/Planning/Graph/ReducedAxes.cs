using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>How a reduction's calls step through a map without border: loops over what is left, and in each call the loops over what becomes one.</summary>
internal sealed class ReducedAxes
{
    private const int MostLoops = 3;

    private readonly TensorLayout _input;
    private readonly bool _reducesChannels;

    /// <summary>The positions' axes that are left, and for each its axis in the output, or -1 where it is the channels there.</summary>
    private readonly (int Axis, int Output)[] _left;

    /// <summary>Count and step of the loops of a call, outermost first.</summary>
    private readonly int[] _loops;

    public ReducedAxes(ReductionSpec spec, TensorShape input)
    {
        _input = TensorLayout.Plain(input);
        _reducesChannels = spec.Reduces(0, input.Rank);
        int[] left = [.. Enumerable.Range(0, input.Rank).Where(axis => !spec.Reduces(axis + 1, input.Rank))];
        // The first axis that is left takes the place of channels that are gone.
        int shift = spec.KeepAxes ? 0 : _reducesChannels ? 1 : 0;
        _left = [.. left.Select((axis, place) => (axis, spec.KeepAxes ? axis : place - shift))];
        _loops = Loops([.. Enumerable.Range(0, input.Rank).Where(axis => spec.Reduces(axis + 1, input.Rank))]);
    }

    /// <summary>Whether a call writes single floats, and not all lanes of a position.</summary>
    public bool WritesFloats => _reducesChannels;

    public KernelCall Forward(string reduction, Value x, Value y)
    {
        KernelCall call = Start(_reducesChannels ? RuntimeKernel.ReduceChannels : RuntimeKernel.ReducePositions, reduction);
        call.Moving("x", Access.In, x.Interior, Steps(x.Layout));
        if (!_reducesChannels)
            return call.Numbers(_loops).Moving("y", Access.Out, y.Interior, OutputSteps(y.Layout)).Numbers(_input.Pitch);
        return call.Numbers(RowStep(x.Layout)).Numbers(_loops).Moving("y", Access.Out, y.Interior, OutputSteps(y.Layout))
            .Numbers(OutputRowStep(y.Layout), Rows, _input.Channels);
    }

    /// <param name="reduction">The runtime's struct.</param>
    /// <param name="dy">The gradient of the output.</param>
    /// <param name="y">The output, or null where it is not needed.</param>
    /// <param name="x">The input, or null where it is not needed.</param>
    /// <param name="dx">The gradient of the input.</param>
    public KernelCall Backward(string reduction, Value dy, Value? y, Value? x, Value dx)
    {
        KernelCall call = Start(_reducesChannels ? RuntimeKernel.ReduceChannelsBackward : RuntimeKernel.ReducePositionsBackward, reduction);
        call.Moving("dy", Access.In, dy.Interior, OutputSteps(dy.Layout));
        if (_reducesChannels)
            call.Numbers(OutputRowStep(dy.Layout));
        if (y is null)
            call.Again("dy");
        else
            call.Moving("y", Access.In, y.Interior, OutputSteps(y.Layout));
        if (_reducesChannels)
            call.Numbers(y is null ? 0 : OutputRowStep(y.Layout));
        if (x is null)
            call.Again("dy");
        else
            call.Moving("x", Access.In, x.Interior, Steps(x.Layout));
        call.Moving("dx", Access.Out, dx.Interior, Steps(dx.Layout));
        return _reducesChannels
            ? call.Numbers(RowStep(dx.Layout)).Numbers(_loops).Numbers(Rows, _input.Channels, _input.Pitch)
            : call.Numbers(_loops).Numbers(_input.Pitch);
    }

    /// <summary>Outputs of a call: along the last axis that is left where channels are reduced too.</summary>
    private int Rows => _reducesChannels && _left.Length > 0 ? _input.Axes[_left[_left.Length - 1].Axis] : 1;

    private IEnumerable<(int Axis, int Output)> Looped => _reducesChannels && _left.Length > 0 ? _left.Take(_left.Length - 1) : _left;

    private KernelCall Start(RuntimeKernel kernel, string reduction) => KernelCall.Of(kernel).Argue(new OperationArgument(reduction))
        .Loop(Looped.Select(left => _input.Axes[left.Axis]).ToEquatableArray());

    private EquatableArray<int> Steps(TensorLayout layout) => Looped.Select(left => layout.Stride(left.Axis)).ToEquatableArray();

    private EquatableArray<int> OutputSteps(TensorLayout layout) => Looped.Select(left => OutputStep(layout, left.Output)).ToEquatableArray();

    private int RowStep(TensorLayout layout) => _left.Length == 0 ? 0 : layout.Stride(_left[_left.Length - 1].Axis);

    private int OutputRowStep(TensorLayout layout) => _left.Length == 0 ? 0 : OutputStep(layout, _left[_left.Length - 1].Output);

    private static int OutputStep(TensorLayout layout, int axis) => axis < 0 ? 1 : layout.Stride(axis);

    /// <summary>Neighbouring axes that are one progression are one loop; loops that there are not run once.</summary>
    private int[] Loops(int[] reduced)
    {
        List<(int Count, int Step)> loops = [];
        foreach (int axis in reduced)
        {
            (int count, int step) = (_input.Axes[axis], _input.Stride(axis));
            if (loops.Count > 0 && loops[loops.Count - 1].Step == count * step)
                loops[loops.Count - 1] = (loops[loops.Count - 1].Count * count, step);
            else
                loops.Add((count, step));
        }

        while (loops.Count < MostLoops)
            loops.Insert(0, (1, 0));
        return [.. loops.SelectMany(static loop => new[] { loop.Count, loop.Step })];
    }
}
