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
        string copy = pass.Methods.Add(
            MethodStem + "Forward",
            $"y[{Formulas.Dimensions(Output)}] = x[{Formulas.Dimensions(Input)}] in the middle",
            Rows.Over("_run::ElementWise.Copy(ref {x}, ref {y}, {run});", [("x", x.Layout), ("y", middle.Layout)]));
        pass.Schedule.PerImage(copy, false, x.Interior, middle.Interior);
        foreach (Slab slab in Slabs(y.Layout))
        {
            string method = pass.Methods.Add(MethodStem + Spec.Mode, $"y outside is y inside: {Describe}", slab.Body("_run::ElementWise.Copy(ref {inside}, ref {outside}, {run});"));
            pass.Schedule.PerImage(method, false, ScheduleBuilder.At(y.Tensor, slab.Inside), ScheduleBuilder.At(y.Tensor, slab.Outside));
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
            string method = pass.Methods.Add(MethodStem + Spec.Mode + "Backward", $"dy inside += dy outside: {Describe}", slab.Body("_run::ElementWise.Add(ref {inside}, ref {outside}, ref {inside}, {run});"));
            pass.Schedule.PerImage(method, optional, ScheduleBuilder.At(sums.Tensor, slab.Inside), ScheduleBuilder.At(sums.Tensor, slab.Outside));
        }

        Value middle = new(sums.Tensor, Middle(sums.Layout));
        Value dx = pass.Fresh(this);
        string copy = pass.Methods.Add(
            MethodStem + "Backward", "dx = the middle of dy", Rows.Over("_run::ElementWise.Copy(ref {dy}, ref {dx}, {run});", [("dy", middle.Layout), ("dx", dx.Layout)]));
        pass.Schedule.PerImage(copy, optional, middle.Interior, dx.Interior);
        pass.Contribute(this, 0, dx);
    }

    private string Describe => Spec.Mode == PadMode.Reflect ? "mirrored at the edge, which is not repeated" : "the edge repeated";

    private void PlanValue(ForwardPass pass, Value y, Value middle)
    {
        if (Spec.Value == 0)
        {
            pass.Schedule.PerImage(pass.Methods.Add(MethodStem + "Zeros", "zeros around the middle", new BorderBody { Layout = middle.Layout }), false, y.Start);
            return;
        }

        string fill = pass.Methods.Add(
            MethodStem + "Fill", $"y = {Activations.Literal(Spec.Value)}", Rows.Over($"_run::KernelConstants.Fill(ref {{y}}, {Activations.Literal(Spec.Value)}, {{run}});", [("y", y.Layout)]));
        pass.Schedule.PerImage(fill, false, y.Interior);
    }

    /// <summary>The part of a padded tensor that holds the map.</summary>
    private TensorLayout Middle(TensorLayout padded) => padded with
    {
        Axes = Input.Axes,
        BorderBegin = padded.BorderBegin.Zip(Begin, static (border, padding) => border + padding).ToEquatableArray(),
        BorderEnd = padded.BorderEnd.Zip(End, static (border, padding) => border + padding).ToEquatableArray(),
    };

    /// <summary>The copies outwards, from the last axis to the first: axes behind the current one are whole already, those before it are the middle's.</summary>
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
    private sealed record Slab(int Inside, int Outside, int Run, EquatableArray<int> Counts, EquatableArray<int> InsideStrides, EquatableArray<int> OutsideStrides)
    {
        public RowsBody Body(string call) => new()
        {
            Names = ["inside", "outside"],
            Counts = Counts,
            Strides = [InsideStrides, OutsideStrides],
            Call = call.Replace("{run}", Rows.Number(Run)),
        };
    }
}
