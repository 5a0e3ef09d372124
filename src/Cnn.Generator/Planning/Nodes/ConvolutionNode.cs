using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>A node that slides a weight over a map: a convolution or a transposed one, which are each other's input gradient.</summary>
public abstract record ConvolutionNode : WeightNode
{
    /// <summary>The convolution, or the one whose input gradient this node is.</summary>
    public abstract ConvolutionGeometry Geometry { get; }

    /// <inheritdoc/>
    public override WeightLayout Weight => Geometry.Weight;

    /// <summary>The layout of the output's gradient in which no tap falls outside.</summary>
    public abstract TensorLayout GradientLayout { get; }

    /// <summary>Whether something reads the gradient of the output, activation undone, over its edge.</summary>
    public abstract bool NeedsGradientBorder(BackwardPass pass);

    /// <inheritdoc/>
    public override TensorLayout? WantedGradient(BackwardPass pass, bool undone) => (undone || Fused is null) && NeedsGradientBorder(pass) ? GradientLayout : null;

    /// <summary>A grouped convolution leaves the pitch's padding alone, because another group's channels may stand there; it must not hold rubbish.</summary>
    protected void ClearPaddingOfGroups(ForwardPass pass, Value y)
    {
        if (Geometry.Weight.Groups > 1 && y.Layout.Channels != y.Layout.Pitch)
            pass.ClearAll(MethodStem, y);
    }

    /// <summary>The bias' gradient is the sum of dy over positions and images: per image first, then over the images in order.</summary>
    protected void PlanBias(BackwardPass pass, Value dy)
    {
        Value sums = new(pass.Schedule.Tensor(BackwardPass.NameOf(this, "BiasSums"), dy.Layout.Pitch), dy.Layout);
        string positions = Rows.Number(dy.Layout.RawSize / dy.Layout.Pitch);
        string method = pass.Methods.Add(
            MethodStem + "BiasSums",
            "sums[c] = sum of dy over one image's positions; a border of zeros adds nothing",
            Rows.Single($"_run::Reductions.ColumnSums(ref {{dy}}, {positions}, {Rows.Number(dy.Layout.Pitch)}, ref {{sums}});", ["dy", "sums"]));
        pass.Schedule.PerImage(method, false, dy.Start, sums.Start);
        string sum = pass.Methods.Add(
            MethodStem + "BiasGradient",
            "db[c] = sum of the images' sums",
            Rows.Single($"_run::Reductions.SumImages(ref {{sums}}, images, {Rows.Number(dy.Layout.Pitch)}, ref {{db}});", ["sums", "db"], ["int images"]));
        pass.Defer(() => pass.Schedule.Batch(sum, CallShape.OnceWithImages, 0, false, false, sums.Start, pass.Places.Gradient(this, "bias")));
    }

    /// <summary>The weight's gradient, summed over the images in order.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="placed">Its contraction.</param>
    /// <param name="a">What is read as scalars.</param>
    /// <param name="b">What is read as vectors.</param>
    /// <param name="names">What the method calls the two, and the gradient.</param>
    protected void PlanWeight(BackwardPass pass, PlacedContraction placed, Value a, Value b, EquatableArray<string> names)
    {
        string formula = $"dw += dy[{Formulas.Dimensions(Output)}] * x[{Formulas.Dimensions(Input)}], summed over the positions of one image";
        Operand x = ScheduleBuilder.At(a.Tensor, placed.AOffset);
        Operand dy = ScheduleBuilder.At(b.Tensor, placed.BOffset);
        Operand dw = pass.Places.Gradient(this, "weight");
        bool others = placed.Kernel.Sections.Length > 0;
        if (others)
        {
            string method = pass.Methods.Add(MethodStem + "WeightGradient", formula, new ContractionBody { Contraction = placed.Kernel, Names = names });
            pass.Schedule.Batch(method, CallShape.UnitsForEachImage, placed.Kernel.UnitCount, false, false, x, dy, dw);
        }

        if (placed.LastGradient is not { } last)
            return;
        Operand sums = ScheduleBuilder.At(pass.Schedule.Shared(BackwardPass.NameOf(this, "WeightGradientSums"), last.SumFloats));
        string lastMethod = pass.Methods.Add(
            MethodStem + "WeightGradientLastChannels",
            $"{formula}, for the last {Rows.Number(last.Channels)} of {Rows.Number(last.FirstChannel + last.Channels)} channels, taps and inputs in the lanes",
            new ContractionBody { Contraction = last.Kernel, Names = [names[1], names[0], "sums"] });
        pass.Schedule.Batch(
            lastMethod, CallShape.UnitsForEachImage, last.Kernel.UnitCount, others, false, dy with { Offset = dy.Offset + last.FirstChannel }, x, sums);
        string merge = pass.Methods.Add(MethodStem + "WeightGradientMerge", "dw[tap][input][channel] = sums[channel][tap][input]", last.Merge);
        pass.Schedule.Batch(merge, CallShape.Once, 0, false, false, sums, dw);
    }

    /// <summary>The few last channels with positions in the lanes: into planes, sums, and among the other channels.</summary>
    protected void PlanLastChannels(
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
                Rows.Single($"_run::Packing.TransposeBlock(ref {{x}}, {Rows.Number(last.Input.Pitch)}, ref {{planes}}, {positions}, {positions}, {Rows.Number(last.Planes)});", ["x", "planes"]));
            pass.Schedule.PerImage(split, pass.Optional, x.Start, ScheduleBuilder.At(tensor));
            planes = ScheduleBuilder.At(tensor, last.PlaneOffset);
        }

        int sums = pass.Schedule.Tensor(name + "Sums", last.SumFloats, pass.Optional);
        int used = last.Channels * last.SumStride;
        string clear = pass.Methods.Add(
            stem + "ClearSums", "zeros, for the padding of the channels", Rows.Single($"_run::ElementWise.Clear(ref {{sums}}, {Rows.Number(last.SumFloats - used)});", ["sums"]));
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

    /// <summary>For formulas: empty where the stride is 1.</summary>
    protected string Residue => Layer.Window!.Stride.Any(static stride => stride > 1) ? ", for one residue of the stride" : string.Empty;
}
