using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Softmax over the channels of each position or over another axis, or its logarithm.</summary>
public sealed record SoftmaxNode : Node
{
    public SoftmaxSpec Spec => (SoftmaxSpec)Layer.Spec;

    /// <summary>Of the axis among the lengths.</summary>
    public required int Place { get; init; }

    /// <inheritdoc/>
    public override bool KeepsOutput => true;

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        Value y = pass.Fresh(this);
        string formula = $"y = {Spec.Kind}(x) over {Formulas.Number(Input.Lengths[Place])} {(Place == 0 ? "channels" : "positions of an axis")}";
        if (Place > 0)
        {
            KernelCall along = KernelCall.Of(RuntimeKernel.SoftmaxForwardAlong);
            pass.Call(this, "Forward", formula, Along(along, ("x", Access.In, x), ("y", Access.Out, y)), divides: true);
            return;
        }

        KernelCall call = KernelCall.Of(RuntimeKernel.SoftmaxForward).In("x", x).Out("y", y).Positions().Numbers(x.Layout.Channels)
            .Pitch().Flag(Spec.Logarithm);
        pass.Call(this, "Forward", formula, call);
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        Value y = pass.Forward.OutputOf(this);
        Value dx = pass.Fresh(this);
        KernelCall call = Place > 0
            ? Along(KernelCall.Of(RuntimeKernel.SoftmaxBackwardAlong), ("dy", Access.In, dy.Value), ("y", Access.In, y), ("dx", Access.Out, dx))
            : KernelCall.Of(RuntimeKernel.SoftmaxBackward).In("dy", dy.Value).In("y", y).Out("dx", dx).Positions().Numbers(y.Layout.Channels)
                .Pitch().Flag(Spec.Logarithm);
        pass.Call(this, "dx from dy and y", call);
        pass.Contribute(this, 0, dx);
    }

    /// <summary>
    /// The kernel goes along the axis for as many neighbouring floats as are contiguous in all operands: channels, and positions of the axes behind it. All
    /// other axes are loops around it.
    /// </summary>
    private KernelCall Along(KernelCall call, params (string Name, Access Access, Value Value)[] operands)
    {
        int axis = Place - 1;
        int inner = Input.Rank;
        int lanes = operands[0].Value.Layout.Pitch;
        while (inner > axis + 1 && operands.All(operand => operand.Value.Layout.Stride(inner - 1) == lanes))
            lanes *= Input.Axes[--inner];
        int[] loops = [.. Enumerable.Range(0, inner).Where(outer => outer != axis)];
        call = call.Loop(loops.Select(outer => Input.Axes[outer]).ToEquatableArray());
        foreach ((string name, Access access, Value value) in operands)
        {
            call = call.Moving(name, access, value.Interior, loops.Select(value.Layout.Stride).ToEquatableArray()).Numbers(value.Layout.Stride(axis));
        }

        return call.Numbers(Input.Axes[axis], lanes).Flag(Spec.Logarithm);
    }
}

internal sealed class SoftmaxNodeFactory : NodeFactory<SoftmaxSpec>
{
    public override Node Make(NodeSite site) => new SoftmaxNode
    {
        Layer = site.Layer,
        Inputs = site.Inputs,
        Input = site.Input,
        Output = site.Input,
        Place = AxisNumber.Place(((SoftmaxSpec)site.Layer.Spec).Axis, site.Layer.InputShape),
    };
}
