using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>
/// Builds a step that calls a runtime kernel: its arguments in the kernel's order, each operand said once, with its name, its access and where it
/// lies. Operands that are values move along loops over those axes that are not contiguous in all of them; the kernel does one contiguous run.
/// </summary>
public sealed class KernelCall
{
    private readonly RuntimeKernel _kernel;
    private readonly List<KernelArgument> _arguments = [];
    private readonly List<Bound> _operands = [];
    private EquatableArray<int>? _counts;
    private bool _divides;
    private int _units;

    private KernelCall(RuntimeKernel kernel) => _kernel = kernel;

    public static KernelCall Of(RuntimeKernel kernel) => new(kernel);

    public KernelCall In(string name, Value value) => Moving(name, Access.In, value);

    public KernelCall Out(string name, Value value) => Moving(name, Access.Out, value);

    public KernelCall InOut(string name, Value value) => Moving(name, Access.InOut, value);

    /// <summary>An operand that moves along the loops, though it is no value: a parameter that lies as a map does, or the caller's numbers.</summary>
    public KernelCall In(string name, Address address, TensorLayout layout) => Bind(new Bound(new StepOperand(name, Access.In), address, layout, []));

    /// <inheritdoc cref="In(string, Address, TensorLayout)"/>
    public KernelCall Out(string name, Address address, TensorLayout layout) => Bind(new Bound(new StepOperand(name, Access.Out), address, layout, []));

    /// <summary>An operand that stands still.</summary>
    public KernelCall In(string name, Address address) => Bind(new Bound(new StepOperand(name, Access.In), address, null, []));

    /// <inheritdoc cref="In(string, Address)"/>
    public KernelCall Out(string name, Address address) => Bind(new Bound(new StepOperand(name, Access.Out), address, null, []));

    /// <inheritdoc cref="In(string, Address)"/>
    public KernelCall InOut(string name, Address address) => Bind(new Bound(new StepOperand(name, Access.InOut), address, null, []));

    /// <inheritdoc cref="In(string, Address)"/>
    public KernelCall Scratch(string name, Address address) => Bind(new Bound(new StepOperand(name, Access.Scratch), address, null, []));

    /// <summary>An operand that stands still, with its access as a value.</summary>
    public KernelCall Operand(string name, Access access, Address address) => Bind(new Bound(new StepOperand(name, access), address, null, []));

    /// <summary>An operand that moves along the loops, with its access as a value.</summary>
    public KernelCall Operand(string name, Access access, Address address, TensorLayout layout) =>
        Bind(new Bound(new StepOperand(name, access), address, layout, []));

    /// <summary>An operand that moves so many floats for each index of the loops of <see cref="Loop"/>.</summary>
    public KernelCall Moving(string name, Access access, Address address, EquatableArray<int> strides) =>
        Bind(new Bound(new StepOperand(name, access), address, null, strides));

    /// <summary>An operand of before once more.</summary>
    public KernelCall Again(string name)
    {
        int operand = _operands.FindIndex(bound => bound.Formal.Name == name);
        _arguments.Add(new OperandArgument(operand, _operands[operand].Strides));
        return this;
    }

    /// <summary>Floats of a run.</summary>
    public KernelCall Run() => Argue(new LoopArgument(LoopNumber.Run));

    /// <summary>Positions of a run.</summary>
    public KernelCall Positions() => Argue(new LoopArgument(LoopNumber.Positions));

    /// <summary>Floats of a position of the first moving operand.</summary>
    public KernelCall Pitch() => Argue(new LoopArgument(LoopNumber.Pitch));

    public KernelCall Numbers(params int[] values)
    {
        _arguments.AddRange(values.Select(static value => new NumberArgument(value)));
        return this;
    }

    public KernelCall Reals(params float[] values)
    {
        _arguments.AddRange(values.Select(static value => new RealArgument(value)));
        return this;
    }

    public KernelCall Flag(bool value) => Argue(new FlagArgument(value));

    /// <summary>A number that is known when the step runs.</summary>
    public KernelCall Number(RunNumbers number) => Argue(new RunArgument(number));

    public KernelCall Argue(KernelArgument argument)
    {
        _arguments.Add(argument);
        return this;
    }

    /// <summary>Loops around the call, outermost first, instead of those that follow from layouts.</summary>
    public KernelCall Loop(EquatableArray<int> counts)
    {
        _counts = counts;
        return this;
    }

    /// <summary>Lets workers that share an image divide the outermost axis, where that is worth it.</summary>
    public KernelCall Divided(bool divides)
    {
        _divides = divides;
        return this;
    }

    /// <summary>The units that workers share; the kernel takes which of them are a worker's.</summary>
    public KernelCall Units(int units)
    {
        _units = units;
        return Number(RunNumbers.From).Number(RunNumbers.To);
    }

    /// <summary>The step.</summary>
    /// <param name="name">What its method is called.</param>
    /// <param name="formula">Its formula.</param>
    public Step Step(string name, string formula)
    {
        TensorLayout[] layouts = [.. _operands.Select(static bound => bound.Layout).Where(static layout => layout is not null)
            .Select(static layout => layout!)];
        bool divides = _divides && (layouts.Length > 0 ? layouts[0].IsWorthDividing : _counts is { Length: > 0 });
        int outer = 0;
        int positions = 1;
        if (layouts.Length > 0)
            outer = TensorLayout.OuterAxes(layouts, divides ? 1 : 0, out positions);
        KernelBody body = new()
        {
            Kernel = _kernel,
            Formals = _operands.Select(static bound => bound.Formal).ToEquatableArray(),
            Arguments = _arguments.Select(argument => Resolve(argument, layouts, outer, positions)).ToEquatableArray(),
            Counts = _counts ?? (layouts.Length > 0 ? layouts[0].Axes.Take(outer).ToEquatableArray() : []),
            IsDivided = divides,
            AllUnits = _units,
        };
        return new Step(name, formula, body, [.. _operands.Select(static bound => bound.Address)]);
    }

    private KernelArgument Resolve(KernelArgument argument, TensorLayout[] layouts, int outer, int positions) => argument switch
    {
        OperandArgument operand when _operands[operand.Operand].Layout is { } layout =>
            operand with { Strides = Enumerable.Range(0, outer).Select(layout.Stride).ToEquatableArray() },
        LoopArgument { Number: LoopNumber.Run } => new NumberArgument(positions * layouts[0].Pitch),
        LoopArgument { Number: LoopNumber.Positions } => new NumberArgument(positions),
        LoopArgument => new NumberArgument(layouts[0].Pitch),
        _ => argument,
    };

    private KernelCall Moving(string name, Access access, Value value) => Bind(new Bound(new StepOperand(name, access), value.Interior, value.Layout, []));

    private KernelCall Bind(Bound bound)
    {
        _arguments.Add(new OperandArgument(_operands.Count, bound.Strides));
        _operands.Add(bound);
        return this;
    }

    /// <summary>An operand and where it lies; with a layout, the loops move it.</summary>
    private sealed record Bound(StepOperand Formal, Address Address, TensorLayout? Layout, EquatableArray<int> Strides);
}
