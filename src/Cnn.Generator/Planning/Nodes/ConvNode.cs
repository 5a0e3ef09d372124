using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>A convolution, with what is fused into it.</summary>
public sealed record ConvNode : WeightNode
{
    public ConvSpec Spec => (ConvSpec)Layer.Spec;

    public override bool HasBias => Spec.Bias;

    public override WeightLayout Weight => Geometry.Weight;

    public ConvolutionGeometry Geometry => new() { Input = Input, Output = Output, Window = Layer.Window!, Groups = Spec.Groups };

    /// <summary>The layout of the output's gradient in which no tap of the input's gradient falls outside.</summary>
    public TensorLayout GradientLayout
    {
        get
        {
            (EquatableArray<int> begin, EquatableArray<int> end) = Geometry.GradientBorder();
            return TensorLayout.Bordered(Output, begin, end);
        }
    }

    /// <inheritdoc/>
    public override InputNeed Need(bool training)
    {
        (EquatableArray<int> begin, EquatableArray<int> end) = Geometry.InputBorder();
        return InputNeed.Border(begin, end);
    }

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        Value y = pass.Fresh(this);

        // A grouped convolution leaves the pitch's padding alone, because another group's channels may stand there; it must not hold rubbish.
        if (Geometry.Weight.Groups > 1 && y.Layout.Channels != y.Layout.Pitch)
            pass.ClearAll(MethodStem, y);
        PlacedContraction placed = ConvolutionContractions.Forward(Geometry, x.Layout, y.Layout, Epilogue);
        string formula = $"y[{Formulas.Dimensions(Output)}] = {Formulas.ActivationOf(this, "b + w * x")}, x[{Formulas.Dimensions(Input)}], kernel {Formulas.Dimensions(Layer.Window!.Kernel)}, stride {Formulas.Dimensions(Layer.Window.Stride)}";
        if (placed.Kernel.Sections.Length > 0)
            pass.Schedule.PerImageInParts(AddForward(pass, placed, formula), false, ForwardOperands(pass, placed, x, y));
        if (placed.Last is { } last)
            PlanLastChannels(last, "Forward", (pass.Schedule, pass.Methods, false), x, (pass.Places.Weight(this), pass.Places.Bias(this)), y, placed.COffset);
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        bool inputIsOptional = pass.IsOptional(this);
        Value before = pass.BeforeActivation(this, dy, inputIsOptional ? TensorLayout.Plain(Output) : GradientLayout);
        if (IsTrainable && HasBias)
            PlanBias(pass, before);
        if (IsTrainable)
        {
            pass.Flush();
            pass.Defer(() => PlanWeight(pass, before));
        }

        if (inputIsOptional)
        {
            pass.Flush();
            before = before.Layout == GradientLayout ? before : pass.Copied(this, before, GradientLayout, true);
        }

        pass.Contribute(this, 0, PlanInput(pass, before, inputIsOptional));
    }

    private Value PlanInput(BackwardPass pass, Value dy, bool optional)
    {
        Value dx = pass.Fresh(this);
        if (Geometry.Weight.Groups > 1)
            pass.ClearPadding(MethodStem, dx, optional);
        string residue = Layer.Window!.Stride.Any(static stride => stride > 1) ? ", for one residue of the stride" : string.Empty;
        foreach (PlacedContraction phase in ConvolutionContractions.InputGradient(Geometry, dy.Layout, dx.Layout))
        {
            Operand weight = Geometry.IsDepthwise ? pass.Places.Weight(this) : pass.Places.Transposed(this, Geometry.TransposedWeight, false, 0, optional);
            if (phase.Last is { } last)
                PlanLastChannels(last, "InputGradient", (pass.Schedule, pass.Methods, optional), dy, (weight, null), dx, phase.COffset);
            if (phase.Kernel.Sections.Length == 0)
                continue;
            string method = pass.Methods.Add(
                MethodStem + "InputGradient",
                $"dx[{Formulas.Dimensions(Input)}] = w, transposed, * dy[{Formulas.Dimensions(Output)}]{residue}",
                new ContractionBody { Contraction = phase.Kernel, Names = ["dy", "w", "dx"] });
            pass.Schedule.PerImageInParts(method, optional, ScheduleBuilder.At(dy.Tensor, phase.AOffset), weight, ScheduleBuilder.At(dx.Tensor, phase.COffset));
        }

        return dx;
    }

    /// <summary>The few last channels with positions in the lanes: into planes, sums, and among the other channels.</summary>
    private void PlanLastChannels(
        PositionLanes last, string suffix, (ScheduleBuilder Schedule, MethodLibrary Methods, bool Optional) pass, Value x, (Operand Weight, Operand? Bias) weights, Value y, int offset)
    {
        string stem = MethodStem + suffix;
        string name = Names.Local(Name) + suffix;
        Operand planes = ScheduleBuilder.At(x.Tensor, last.PlaneOffset);
        if (!last.InputIsPlane)
        {
            int tensor = pass.Schedule.Tensor(name + "Planes", last.InputFloats, pass.Optional);
            string positions = Rows.Number(PositionLanes.PlaneFloats(last.Input));
            string split = pass.Methods.Add(
                stem + "Planes",
                $"planes[c][p] = x[p][c], {Rows.Number(last.Planes)} channels, border and all",
                Rows.Single($"Packing.TransposeBlock(ref {{x}}, {Rows.Number(last.Input.Pitch)}, ref {{planes}}, {positions}, {positions}, {Rows.Number(last.Planes)});", ["x", "planes"]));
            pass.Schedule.PerImage(split, pass.Optional, x.Start, ScheduleBuilder.At(tensor));
            planes = ScheduleBuilder.At(tensor, last.PlaneOffset);
        }

        int sums = pass.Schedule.Tensor(name + "Sums", last.SumFloats, pass.Optional);
        int used = last.Channels * last.SumStride;
        string clear = pass.Methods.Add(
            stem + "ClearSums", "zeros, for the padding of the channels", Rows.Single($"ElementWise.Clear(ref {{sums}}, {Rows.Number(last.SumFloats - used)});", ["sums"]));
        pass.Schedule.PerImage(clear, pass.Optional, ScheduleBuilder.At(sums, used));
        bool bias = weights.Bias is not null;
        string method = pass.Methods.Add(
            stem + "LastChannels",
            $"the last {Rows.Number(last.Channels)} of {Rows.Number(last.FirstChannel + last.Channels)} channels, positions in the lanes",
            new ContractionBody
            {
                Contraction = bias ? last.Kernel : last.Kernel with { Start = StartValue.Zero },
                Names = bias ? ["w", "planes", "b", "sums"] : ["w", "planes", "sums"],
            });
        List<Operand> operands = [weights.Weight, planes];
        if (weights.Bias is { } start)
            operands.Add(start);
        pass.Schedule.PerImageInParts(method, pass.Optional, [.. operands, ScheduleBuilder.At(sums)]);
        string merge = pass.Methods.Add(stem + "Merge", "y[p][c] = sums[c][p]", last.Merge);
        pass.Schedule.PerImage(merge, pass.Optional, ScheduleBuilder.At(sums), ScheduleBuilder.At(y.Tensor, offset + last.FirstChannel));
    }

    private void PlanWeight(BackwardPass pass, Value dy)
    {
        Value x = pass.Forward.InputOf(this);
        PlacedContraction placed = ConvolutionContractions.WeightGradient(Geometry, x.Layout, dy.Layout);
        string method = pass.Methods.Add(
            MethodStem + "WeightGradient",
            $"dw += dy[{Formulas.Dimensions(Output)}] * x[{Formulas.Dimensions(Input)}], summed over the positions of one image",
            new ContractionBody { Contraction = placed.Kernel, Names = ["x", "dy", "dw"] });
        pass.Schedule.Batch(
            method, CallShape.UnitsForEachImage, placed.Kernel.UnitCount, false, false, ScheduleBuilder.At(x.Tensor, placed.AOffset), ScheduleBuilder.At(dy.Tensor, placed.BOffset), pass.Places.Gradient(this, "weight"));
    }

    /// <summary>The bias' gradient is the sum of dy over positions and images: per image first, then over the images in order.</summary>
    private void PlanBias(BackwardPass pass, Value dy)
    {
        Value sums = new(pass.Schedule.Tensor(BackwardPass.NameOf(this, "BiasSums"), dy.Layout.Pitch), dy.Layout);
        string positions = Rows.Number(dy.Layout.RawSize / dy.Layout.Pitch);
        string method = pass.Methods.Add(
            MethodStem + "BiasSums",
            "sums[c] = sum of dy over one image's positions; a border of zeros adds nothing",
            Rows.Single($"Reductions.ColumnSums(ref {{dy}}, {positions}, {Rows.Number(dy.Layout.Pitch)}, ref {{sums}});", ["dy", "sums"]));
        pass.Schedule.PerImage(method, false, dy.Start, sums.Start);
        string sum = pass.Methods.Add(
            MethodStem + "BiasGradient",
            "db[c] = sum of the images' sums",
            Rows.Single($"Reductions.SumImages(ref {{sums}}, images, {Rows.Number(dy.Layout.Pitch)}, ref {{db}});", ["sums", "db"], ["int images"]));
        pass.Defer(() => pass.Schedule.Batch(sum, CallShape.OnceWithImages, 0, false, false, sums.Start, pass.Places.Gradient(this, "bias")));
    }
}
