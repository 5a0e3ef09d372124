using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>LayerNorm over the channels of each position, in trainers and predictors alike.</summary>
public sealed record PositionNormNode : Node
{
    public LayerNormSpec Spec => (LayerNormSpec)Layer.Spec;

    /// <summary>One number a position, in the order of the positions.</summary>
    private TensorLayout Each => TensorLayout.Plain(Input) with { Channels = 1, Pitch = 1 };

    /// <inheritdoc/>
    public override InputNeed Need(bool training) => training ? InputNeed.Contiguity : InputNeed.Any;

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        int floats = TensorLayout.RoundUp(Input.Positions, Targets.LineFloats);
        Address mean = Address.Of(pass.Schedule.Tensor(Names.Local(Name) + "Mean", floats));
        Address inverse = Address.Of(pass.Schedule.Tensor(Names.Local(Name) + "InverseDeviation", floats));
        pass.Statistics[Index] = new NormStatistics(mean, inverse);
        Value y = pass.InPlaceOr(this, keepsInput: pass.Training);
        KernelCall call = KernelCall.Of(RuntimeKernel.PositionNormForward).In("x", x);
        if (Spec.Affine)
            call.In("weight", pass.Places.Parameter(this, "weight")).In("bias", pass.Places.Parameter(this, "bias"));
        else
            call.Again("x").Again("x");
        call.Flag(Spec.Affine).Out("mean", mean, Each).Out("inverseDeviation", inverse, Each).Out("y", y).Positions().Numbers(Input.Channels).Pitch()
            .Reals(Spec.Epsilon);
        pass.Call(this, "Forward",
            $"y[{Formulas.Dimensions(Output)}] = (x - mean) / sqrt(variance + {Formulas.Real(Spec.Epsilon)}){(Spec.Affine ? " weight + bias" : string.Empty)}, "
            + "over the channels of each position", call, divides: true);
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        NormStatistics statistics = pass.Forward.Statistics[Index];
        if (IsTrainable)
            PlanParameters(pass, dy.Value, statistics);
        if (pass.IsOptional(this))
            pass.Flush();
        Value dx = pass.Fresh(this);
        KernelCall call = KernelCall.Of(RuntimeKernel.PositionNormBackward).In("dy", dy.Value).In("x", pass.Forward.InputOf(this));
        if (Spec.Affine)
            call.In("weight", pass.Places.Parameter(this, "weight"));
        else
            call.Again("dy");
        call.Flag(Spec.Affine).In("mean", statistics.Mean, Each).In("inverseDeviation", statistics.InverseDeviation, Each).Out("dx", dx).Positions()
            .Numbers(Input.Channels).Pitch();
        pass.Call(this, "dx = inverseDeviation * (g - sum of g / channels - xhat * sum of g * xhat / channels), g = dy * weight", call);
        pass.Contribute(this, 0, dx);
    }

    /// <summary>Sums per image first, then over the images in order.</summary>
    private void PlanParameters(BackwardPass pass, Value dy, NormStatistics statistics)
    {
        int pitch = dy.Layout.Pitch;
        Address sumDy = Address.Of(pass.Schedule.Tensor(BackwardPass.NameOf(this, "SumsDy"), pitch));
        Address sumDyXhat = Address.Of(pass.Schedule.Tensor(BackwardPass.NameOf(this, "SumsDyXhat"), pitch));
        KernelCall sums = KernelCall.Of(RuntimeKernel.PositionNormSums)
            .In("dy", dy.Interior)
            .In("x", pass.Forward.InputOf(this).Interior)
            .In("mean", statistics.Mean)
            .In("inverseDeviation", statistics.InverseDeviation)
            .Numbers(Input.Positions, pitch)
            .Out("sumDy", sumDy)
            .Out("sumDyXhat", sumDyXhat);
        pass.Schedule.PerImage(sums.Step(MethodStem + "BackwardSums", "sums of dy and of dy * xhat over one image's positions"));
        Step combine = NormSums.Combine(this, sumDy, sumDyXhat, pitch, pass.Places.Gradient(this, "bias"), pass.Places.Gradient(this, "weight"));
        pass.Defer(() => pass.Schedule.Batch(combine));
    }
}
