using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>
/// Elements around a map. The map is copied into the middle; then, axis by axis from the last one, slabs of it are copied outwards: their places are an
/// arithmetic progression, backwards from the edge where they reflect, standing still where they replicate. The gradient goes the same way back.
/// </summary>
public sealed record PadNode : Node
{
    public PadSpec Spec => (PadSpec)Layer.Spec;

    private EquatableArray<int> Begin => Layer.Window!.PaddingBegin;

    private EquatableArray<int> End => Layer.Window!.PaddingEnd;

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        Value y = pass.Fresh(this);
        Value middle = new(y.Tensor, Middle(y.Layout));
        if (Spec.Mode == PadMode.Zero)
            PlanValue(pass, y, middle);
        KernelCall copy = KernelCall.Of(RuntimeKernel.Copy).In("x", x).Out("y", middle).Run();
        pass.Schedule.PerImage(copy.Step(MethodStem + "Forward", $"y[{Formulas.Dimensions(Output)}] = x[{Formulas.Dimensions(Input)}] in the middle"));
        foreach (Slab slab in Slabs(y.Layout))
        {
            KernelCall outwards = KernelCall.Of(RuntimeKernel.Copy).Loop(slab.Counts)
                .Moving("inside", Access.In, Address.Of(y.Tensor, slab.Inside), slab.InsideStrides)
                .Moving("outside", Access.Out, Address.Of(y.Tensor, slab.Outside), slab.OutsideStrides)
                .Numbers(slab.Run);
            pass.Schedule.PerImage(outwards.Step(MethodStem + Spec.Mode, $"y outside is y inside: {Describe}"));
        }
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        bool optional = pass.IsOptional(this);
        Value sums = dy.Value;
        List<Slab> slabs = [.. Slabs(dy.Layout)];
        if (slabs.Count > 0 && dy.IsShared)
            sums = pass.Copied(this, dy.Value, dy.Layout, optional);
        slabs.Reverse();
        foreach (Slab slab in slabs)
        {
            KernelCall inwards = KernelCall.Of(RuntimeKernel.Add).Loop(slab.Counts)
                .Moving("inside", Access.InOut, Address.Of(sums.Tensor, slab.Inside), slab.InsideStrides)
                .Moving("outside", Access.In, Address.Of(sums.Tensor, slab.Outside), slab.OutsideStrides)
                .Again("inside")
                .Numbers(slab.Run);
            pass.Schedule.PerImage(inwards.Step(MethodStem + Spec.Mode + "Backward", $"dy inside += dy outside: {Describe}"), optional);
        }

        Value middle = new(sums.Tensor, Middle(sums.Layout));
        Value dx = pass.Fresh(this);
        pass.Call(this, "dx = the middle of dy", KernelCall.Of(RuntimeKernel.Copy).In("dy", middle).Out("dx", dx).Run());
        pass.Contribute(this, 0, dx);
    }

    private string Describe => Spec.Mode == PadMode.Reflect ? "mirrored at the edge, which is not repeated" : "the edge repeated";

    private void PlanValue(ForwardPass pass, Value y, Value middle)
    {
        if (Spec.Value == 0)
        {
            pass.Schedule.PerImage(new Step(MethodStem + "Zeros", "zeros around the middle", new BorderBody { Layout = middle.Layout }, y.Start));
            return;
        }

        KernelCall fill = KernelCall.Of(RuntimeKernel.Fill).Out("y", y).Reals(Spec.Value).Run();
        pass.Schedule.PerImage(fill.Step(MethodStem + "Fill", $"y = {Formulas.Real(Spec.Value)}"));
    }

    /// <summary>The part of a padded tensor that holds the map.</summary>
    private TensorLayout Middle(TensorLayout padded) => padded with
    {
        Axes = Input.Axes,
        BorderBegin = padded.BorderBegin.Zip(Begin, static (border, padding) => border + padding).ToEquatableArray(),
        BorderEnd = padded.BorderEnd.Zip(End, static (border, padding) => border + padding).ToEquatableArray(),
    };

    /// <summary>
    /// The copies outwards, from the last axis to the first: axes behind the current one are whole already, those before it are the middle's.
    /// </summary>
    private IEnumerable<Slab> Slabs(TensorLayout padded)
    {
        if (Spec.Mode == PadMode.Zero)
            yield break;
        bool reflects = Spec.Mode == PadMode.Reflect;
        for (int axis = Input.Rank - 1; axis >= 0; axis--)
        {
            int stride = padded.Stride(axis);
            int corner = padded.Interior + Enumerable.Range(0, axis).Sum(outer => Begin[outer] * padded.Stride(outer));
            int first = corner + (Begin[axis] * stride);
            int last = first + ((Input.Axes[axis] - 1) * stride);
            int start = reflects ? 1 : 0;
            if (Begin[axis] > 0)
                yield return MakeSlab(padded, axis, Begin[axis], first + (start * stride), start * stride, first - stride, -stride);
            if (End[axis] > 0)
                yield return MakeSlab(padded, axis, End[axis], last - (start * stride), -start * stride, last + stride, stride);
        }
    }

    private Slab MakeSlab(TensorLayout padded, int axis, int count, int inside, int insideStep, int outside, int outsideStep)
    {
        List<int> counts = [.. Enumerable.Range(0, axis).Select(outer => Input.Axes[outer]), count];
        List<int> insideStrides = [.. Enumerable.Range(0, axis).Select(padded.Stride), insideStep];
        List<int> outsideStrides = [.. Enumerable.Range(0, axis).Select(padded.Stride), outsideStep];
        int run = padded.Pitch;
        for (int inner = padded.Axes.Length - 1; inner > axis; inner--)
        {
            if (run != padded.Stride(inner))
            {
                counts.AddRange(Enumerable.Range(axis + 1, inner - axis).Select(middle => padded.Axes[middle]));
                insideStrides.AddRange(Enumerable.Range(axis + 1, inner - axis).Select(padded.Stride));
                outsideStrides.AddRange(Enumerable.Range(axis + 1, inner - axis).Select(padded.Stride));
                break;
            }

            run *= padded.Axes[inner];
        }

        return new Slab(inside, outside, run, counts.ToEquatableArray(), insideStrides.ToEquatableArray(), outsideStrides.ToEquatableArray());
    }

    /// <summary>Copies of one side: loops over runs of floats, and where the first one stands inside and outside.</summary>
    private sealed record Slab(int Inside, int Outside, int Run, EquatableArray<int> Counts, EquatableArray<int> InsideStrides,
        EquatableArray<int> OutsideStrides);
}

internal sealed class PadNodeFactory : NodeFactory<PadSpec>
{
    public override Node Make(NodeSite site) => new PadNode { Layer = site.Layer, Inputs = site.Inputs, Input = site.Input, Output = site.Output };
}
