using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>A linear layer, with what is fused into it. It runs on the whole batch at once: its rows are the images.</summary>
public sealed record LinearNode : WeightNode
{
    public LinearSpec Spec => (LinearSpec)Layer.Spec;

    public override bool HasBias => Spec.Bias;

    public override WeightLayout Weight => LinearContractions.Weight(Input, Output.Channels);

    /// <inheritdoc/>
    public override bool SeesNoPadding => true;

    /// <inheritdoc/>
    public override InputNeed Need(bool training) => InputNeed.Contiguity;

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        Value y = pass.Fresh(this);
        PlacedContraction placed = LinearContractions.Forward(x.Layout, y.Layout, Weight, Epilogue);
        string formula = $"y[n, {Rows.Number(Output.Channels)}] = {Formulas.ActivationOf(this, "b + w x[n]")}, x[{Formulas.Dimensions(Input)}]";
        if (pass.Tracing)
        {
            PlanTraced(pass, placed, formula, x, y);
            return;
        }

        string method = AddForward(pass, placed, formula);
        pass.Schedule.Batch(method, CallShape.UnitsOfImages, placed.Kernel.UnitCount, false, false, ForwardOperands(pass, placed, x, y));
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        bool optional = pass.IsOptional(this);
        Value before = pass.BeforeActivation(this, dy, dy.Layout);
        pass.Flush();
        Value dx = pass.Fresh(this, bordered: false);
        ImageLanes? lanes = ImageLanes.For(before.Layout, dx.Layout, Weight);
        if (lanes is not null && Weight.Taps == 1)
            pass.ClearPadding(MethodStem, dx, optional);
        if (IsTrainable)
            PlanParameters(pass, before);
        if (lanes is not null)
            PlanImageLanes(pass, lanes, before, dx);
        else
            PlanInput(pass, before, dx);
        pass.Contribute(this, 0, dx);
    }

    private void PlanImageLanes(BackwardPass pass, ImageLanes lanes, Value dy, Value dx)
    {
        bool optional = pass.IsOptional(this);
        string method = pass.Methods.Add(
            MethodStem + "InputGradient",
            $"dx[n, {Formulas.Dimensions(Input)}] = w, transposed, dy[n, {Rows.Number(Output.Channels)}], {Rows.Number(ImageLanes.Chunk)} images at a time in the lanes",
            new ImageLanesBody { Lanes = lanes });
        Operand dyLanes = ScheduleBuilder.At(pass.Schedule.Own(BackwardPass.NameOf(this, "GradientLanes"), lanes.StoredOutputs * ImageLanes.Chunk));
        Operand sums = ScheduleBuilder.At(pass.Schedule.Own(BackwardPass.NameOf(this, "InputGradientSums"), lanes.GradientStep * ImageLanes.Chunk));
        pass.Schedule.Batch(method, CallShape.UnitsOfImages, lanes.Parts, IsTrainable && !optional, optional, dy.Start, pass.Places.Weight(this), dx.Interior, dyLanes, sums);
    }

    private void PlanInput(BackwardPass pass, Value before, Value dx)
    {
        bool optional = pass.IsOptional(this);
        PlacedContraction gradient = LinearContractions.InputGradient(before.Layout, dx.Layout, Weight);
        string method = pass.Methods.Add(
            MethodStem + "InputGradient",
            $"dx[n, {Formulas.Dimensions(Input)}] = w, transposed, dy[n, {Rows.Number(Output.Channels)}]",
            new ContractionBody { Contraction = gradient.Kernel, Names = ["dy", "w", "dx"] });
        Operand transposed = pass.Places.Transposed(this, LinearContractions.TransposedWeight(dx.Layout, Weight), true, dx.Layout.Pitch, optional);
        pass.Schedule.Batch(
            method, CallShape.UnitsOfImages, gradient.Kernel.UnitCount, IsTrainable && !optional, optional, before.Start, transposed, ScheduleBuilder.At(dx.Tensor, gradient.COffset));
    }

    private void PlanParameters(BackwardPass pass, Value dy)
    {
        Value x = pass.Forward.InputOf(this);
        PlacedContraction placed = LinearContractions.WeightGradient(x.Layout, dy.Layout, Weight);
        string method = pass.Methods.Add(
            MethodStem + "WeightGradient",
            $"dw[{Rows.Number(Output.Channels)}, {Formulas.Dimensions(Input)}] = sum over the images of dy[n] * x[n]",
            new ContractionBody { Contraction = placed.Kernel, Names = ["x", "dy", "dw"] });
        pass.Schedule.Batch(method, CallShape.UnitsOfImages, placed.Kernel.UnitCount, false, false, ScheduleBuilder.At(x.Tensor, placed.AOffset), dy.Start, pass.Places.Gradient(this, "weight"));
        if (!HasBias)
            return;
        string bias = pass.Methods.Add(
            MethodStem + "BiasGradient",
            "db = sum over the images of dy[n]",
            Rows.Single($"_run::Reductions.ColumnSums(ref {{dy}}, images, {Rows.Number(dy.Layout.Pitch)}, ref {{db}});", ["dy", "db"], ["int images"]));
        pass.Schedule.Batch(bias, CallShape.OnceWithImages, 0, true, false, dy.Start, pass.Places.Gradient(this, "bias"));
    }
}
