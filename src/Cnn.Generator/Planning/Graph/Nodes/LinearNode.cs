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
    public override bool ReadsScalars => true;

    /// <inheritdoc/>
    public override InputNeed Need(bool training) => InputNeed.Contiguity;

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        Value y = pass.Fresh(this);
        PlacedContraction placed = LinearContractions.Forward(x.Layout, y.Layout, Weight, Epilogue, Residual(pass)?.Layout);
        string formula = $"y[n, {Formulas.Number(Output.Channels)}] = {Formulas.Finished(Epilogue, "b + w x[n]")}, x[{Formulas.Dimensions(Input)}]";
        if (pass.Tracing)
        {
            PlanTraced(pass, placed, formula, x, y);
            return;
        }

        pass.Schedule.Batch(ForwardStep(pass, placed, formula, x, y));
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        bool optional = pass.IsOptional(this);
        dy = pass.BeforeResidual(this, dy);
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
        string formula =
            $"dx[n, {Formulas.Dimensions(Input)}] = w, transposed, dy[n, {Formulas.Number(Output.Channels)}], "
            + $"{Formulas.Number(ImageLanes.Chunk)} images at a time in the lanes";
        Address dyLanes = Address.Of(pass.Schedule.Own(BackwardPass.NameOf(this, "GradientLanes"), lanes.StoredOutputs * ImageLanes.Chunk));
        Address sums = Address.Of(pass.Schedule.Own(BackwardPass.NameOf(this, "InputGradientSums"), lanes.GradientStep * ImageLanes.Chunk));
        Step step = new(MethodStem + "InputGradient", formula, new ImageLanesBody { Lanes = lanes }, dy.Start,
            pass.Places.Weight(this), dx.Interior, dyLanes, sums);
        pass.Schedule.Batch(step, optional);
    }

    private void PlanInput(BackwardPass pass, Value before, Value dx)
    {
        bool optional = pass.IsOptional(this);
        PlacedContraction gradient = LinearContractions.InputGradient(before.Layout, dx.Layout, Weight);
        Address transposed = pass.Places.Transposed(this, LinearContractions.TransposedWeight(dx.Layout, Weight), true, dx.Layout.Pitch, optional);
        Step step = new(
            MethodStem + "InputGradient",
            $"dx[n, {Formulas.Dimensions(Input)}] = w, transposed, dy[n, {Formulas.Number(Output.Channels)}]",
            ContractionBody.Of(gradient.Kernel, "dy", "w", "dx"),
            before.Start,
            transposed,
            Address.Of(dx.Tensor, gradient.COffset));
        pass.Schedule.Batch(step, optional);
    }

    private void PlanParameters(BackwardPass pass, Value dy)
    {
        Value x = pass.Forward.InputOf(this);
        PlacedContraction placed = LinearContractions.WeightGradient(x.Layout, dy.Layout, Weight);
        pass.Schedule.Batch(new Step(
            MethodStem + "WeightGradient",
            $"dw[{Formulas.Number(Output.Channels)}, {Formulas.Dimensions(Input)}] = sum over the images of dy[n] * x[n]",
            ContractionBody.Of(placed.Kernel, "x", "dy", "dw"),
            Address.Of(x.Tensor, placed.AOffset),
            dy.Start,
            pass.Places.Gradient(this, "weight")));
        if (!HasBias)
            return;
        KernelCall bias = KernelCall.Of(RuntimeKernel.ColumnSums).In("dy", dy.Start).Number(RunNumbers.Images).Numbers(dy.Layout.Pitch)
            .Out("db", pass.Places.Gradient(this, "bias"));
        pass.Schedule.Batch(bias.Step(MethodStem + "BiasGradient", "db = sum over the images of dy[n]"));
    }
}

internal sealed class LinearNodeFactory : NodeFactory<LinearSpec>
{
    public override Node Make(NodeSite site) => new LinearNode { Layer = site.Layer, Inputs = site.Inputs, Input = site.Input, Output = site.Output };
}
