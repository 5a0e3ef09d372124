using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>
/// BatchNorm in a trainer, which normalises with the batch's statistics; a frozen one has one scale and one shift a channel.
/// </summary>
public sealed record BatchNormNode : FinishingNode
{
    public BatchNormSpec Spec => (BatchNormSpec)Layer.Spec;

    /// <summary>Of one number a channel there is no variance.</summary>
    public override int SmallestBatch => !Spec.Frozen && Input.Positions == 1 ? 2 : 1;

    /// <inheritdoc/>
    public override bool HasFreeRegisters => true;

    /// <inheritdoc/>
    public override bool FinishesResiduals => !Spec.Frozen;

    /// <inheritdoc/>
    public override bool FinishesActivations => !Spec.Frozen;

    /// <summary>
    /// The activation behind the normalised where the backward pass gets its derivative from x: it reads x in any case, and computes what the activation made
    /// again, so that nobody writes the gradient before the activation and reads it twice.
    /// </summary>
    private ActivationSpec? Recomputed => Epilogue.Steps.Length == 1 && Fused is { Definition.IsCheap: true } activation ? activation : null;

    /// <inheritdoc/>
    public override InputNeed Need(bool training) => Spec.Frozen ? InputNeed.Any : InputNeed.Contiguity;

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        if (Spec.Frozen)
            PlanFrozen(pass);
        else
            PlanTraining(pass);
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        NormStatistics statistics = pass.Forward.Statistics[Index];
        if (Spec.Frozen)
            PlanFrozenBackward(pass, dy, statistics.Weight!);
        else
            PlanTrainingBackward(pass, pass.BeforeResidual(this, dy), statistics);
    }

    private void PlanTraining(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        string stem = Names.Local(Name);
        int pitch = x.Layout.Pitch;
        int positions = x.Layout.Positions;
        Address means = Address.Of(pass.Schedule.Tensor(stem + "Means", pitch));
        Address squares = Address.Of(pass.Schedule.Tensor(stem + "Squares", pitch));
        Address mean = Address.Of(pass.Schedule.Shared(stem + "Mean", pitch));
        Address inverse = Address.Of(pass.Schedule.Shared(stem + "InverseDeviation", pitch));
        KernelCall statistics = KernelCall.Of(RuntimeKernel.BatchNormStatistics).In("x", x.Interior).Numbers(positions, pitch)
            .Out("mean", means).Out("squares", squares);
        string ofImage =
            $"mean and sum of squared deviations of each of {Formulas.Number(x.Layout.Channels)} channels over one "
            + $"image's {Formulas.Number(positions)} positions";
        pass.Schedule.PerImage(statistics.Step(MethodStem + "Statistics", ofImage));
        KernelCall combine = KernelCall.Of(RuntimeKernel.BatchNormCombine)
            .In("means", means)
            .In("squares", squares)
            .Number(RunNumbers.Images)
            .Numbers(positions, pitch)
            .Out("mean", mean)
            .Out("inverseDeviation", inverse)
            .InOut("runningMean", pass.Places.RunningMean(this))
            .InOut("runningVariance", pass.Places.RunningVariance(this))
            .Reals(Spec.Epsilon, Spec.Momentum);
        pass.Schedule.Batch(combine.Step(MethodStem + "Combine", "the batch's statistics from the images', and the running ones moved towards them"));
        (Address weight, Address bias) = Affine(pass, stem, pitch);
        pass.Statistics[Index] = new NormStatistics(mean, inverse, weight, bias);
        Value y = pass.Fresh(this);
        KernelCall normalize = KernelCall.Of(RuntimeKernel.BatchNormNormalize)
            .In("x", x).In("mean", mean).In("inverseDeviation", inverse).In("weight", weight).In("bias", bias);
        if (Residual(pass) is { } residual)
            normalize.In(ContractionBody.Residual, residual);
        normalize.Out("y", y).Positions().Pitch().Argue(new EpilogueArgument(Epilogue));
        string normalized = $"weight (x - mean) / sqrt(variance + {Formulas.Real(Spec.Epsilon)}) + bias";
        pass.Call(this, "Forward", $"y[{Formulas.Dimensions(Output)}] = {Formulas.Finished(Epilogue, normalized)}, per channel, over the batch", normalize);
    }

    /// <summary>Weight and bias; constants where the norm has none of its own.</summary>
    private (Address Weight, Address Bias) Affine(ForwardPass pass, string stem, int pitch)
    {
        if (pass.Places.NormWeight(this) is { } weight && pass.Places.NormBias(this) is { } bias)
            return (weight, bias);
        Address ones = Address.Of(pass.Schedule.Shared(stem + "Ones", pitch));
        Address zeros = Address.Of(pass.Schedule.Shared(stem + "Zeros", pitch));
        pass.Schedule.Batch(KernelCall.Of(RuntimeKernel.Fill).Out("y", ones).Reals(1).Numbers(pitch)
            .Step(MethodStem + "Ones", "weight = 1, for a norm without one"));
        return (ones, zeros);
    }

    private void PlanFrozen(ForwardPass pass)
    {
        string stem = Names.Local(Name);
        int pitch = pass.InputOf(this).Layout.Pitch;
        Address scale = Address.Of(pass.Schedule.Shared(stem + "Scale", pitch));
        Address shift = Address.Of(pass.Schedule.Shared(stem + "Shift", pitch));
        KernelCall call = Spec.Affine
            ? KernelCall.Of(RuntimeKernel.BatchNormScaleShift).In("weight", pass.Places.NormWeight(this)!).In("bias", pass.Places.NormBias(this)!)
            : KernelCall.Of(RuntimeKernel.StatisticsAsScaleShift);
        call.In("runningMean", pass.Places.RunningMean(this)).In("runningVariance", pass.Places.RunningVariance(this))
            .Reals(Spec.Epsilon).Numbers(Input.Channels);
        pass.Schedule.Batch(call.Out("scale", scale).Out("shift", shift).Step(MethodStem + "ScaleShift", "the running statistics as a scale and a shift"));
        pass.Statistics[Index] = new NormStatistics(scale, shift, scale);
        ScaleShiftNode.Plan(pass, this, pass.Fresh(this), scale, shift);
    }

    private void PlanFrozenBackward(BackwardPass pass, Gradient dy, Address scale)
    {
        Value dx = pass.Fresh(this);
        Address zeros = Address.Of(pass.Schedule.Shared(BackwardPass.NameOf(this, "NoShift"), dy.Layout.Pitch));
        pass.Call(
            this, "dx = dy * scale, per channel",
            KernelCall.Of(RuntimeKernel.ScaleShift).In("dy", dy.Value).In("scale", scale).In("shift", zeros).Out("dx", dx).Positions().Pitch());
        pass.Contribute(this, 0, dx);
    }

    private void PlanTrainingBackward(BackwardPass pass, Gradient dy, NormStatistics statistics)
    {
        bool optional = pass.IsOutputOptional(this);
        ActivationSpec? activation = dy.IsUndone ? null : Recomputed;
        Value before = pass.BeforeActivation(this, activation is null ? dy : dy with { IsUndone = true }, TensorLayout.Plain(Output));
        Value x = pass.Forward.InputOf(this);
        int pitch = x.Layout.Pitch;
        string name = Names.Local(Name);
        (Address mean, Address inverse, Address? weight, Address? bias) = statistics;
        (Address sumDy, Address sumDyXhat) = NormSums.Plan(pass, this, before, statistics, optional, activation);
        Address db = IsTrainable ? pass.Places.Gradient(this, "bias") : Address.Of(pass.Schedule.Shared(name + "BiasGradient", pitch));
        Address dw = IsTrainable ? pass.Places.Gradient(this, "weight") : Address.Of(pass.Schedule.Shared(name + "WeightGradient", pitch));
        pass.Flush();
        pass.Schedule.Batch(NormSums.Combine(this, sumDy, sumDyXhat, pitch, db, dw), optional);
        Value dx = pass.Fresh(this);
        KernelCall apply = KernelCall.Of(RuntimeKernel.BatchNormBackwardApply);
        if (activation is not null)
            apply.Argue(new ActivationArgument(activation.Function));
        apply.In("dy", before)
            .In("x", x)
            .In("mean", mean)
            .In("inverseDeviation", inverse)
            .In("weight", weight!);
        if (activation is not null)
            apply.In("bias", bias!);
        apply.In("db", db).In("dw", dw).Argue(new ReciprocalArgument(x.Layout.Positions)).Out("dx", dx).Positions().Pitch();
        pass.Call(this, $"dx = weight * inverseDeviation * ({Formulas.Undone(activation)} - db / m - xhat * dw / m), m values a channel in the batch", apply);
        pass.Contribute(this, 0, dx);
    }
}

internal sealed class BatchNormNodeFactory : NodeFactory<BatchNormSpec>
{
    public override Node Make(NodeSite site)
    {
        if (site.Training)
            return new BatchNormNode { Layer = site.Layer, Inputs = site.Inputs, Input = site.Input, Output = site.Input };
        BatchNormSpec norm = (BatchNormSpec)site.Layer.Spec;
        return ScaleShiftNode.Of(site, new FoldedNorm { Layer = norm.Name, HasWeight = norm.Affine, HasBias = norm.Affine, Epsilon = norm.Epsilon });
    }
}
