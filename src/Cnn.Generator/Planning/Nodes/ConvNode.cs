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
        pass.Schedule.PerImage(AddForward(pass, placed, formula), false, ForwardOperands(pass, placed, x, y));
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
            string method = pass.Methods.Add(
                MethodStem + "InputGradient",
                $"dx[{Formulas.Dimensions(Input)}] = w, transposed, * dy[{Formulas.Dimensions(Output)}]{residue}",
                new ContractionBody { Contraction = phase.Kernel, Names = ["dy", "w", "dx"] });
            Operand weight = Geometry.IsDepthwise ? pass.Places.Weight(this) : pass.Places.Transposed(this, Geometry.TransposedWeight, false, 0, optional);
            pass.Schedule.PerImage(method, optional, ScheduleBuilder.At(dy.Tensor, phase.AOffset), weight, ScheduleBuilder.At(dx.Tensor, phase.COffset));
        }

        return dx;
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
