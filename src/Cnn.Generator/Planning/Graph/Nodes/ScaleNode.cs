using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>A learned factor a channel, and perhaps a summand, in a trainer. Its gradients are those of a norm with the mean 0 and the deviation 1.</summary>
public sealed record ScaleNode : Node
{
    public ScaleSpec Spec => (ScaleSpec)Layer.Spec;

    /// <inheritdoc/>
    public override InputNeed Need(bool training) => IsTrainable ? InputNeed.Contiguity : InputNeed.Any;

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        string stem = Names.Local(Name);
        int pitch = pass.InputOf(this).Layout.Pitch;
        Address zeros = Address.Of(pass.Schedule.Shared(stem + "Zeros", pitch));
        Address weight = pass.Places.Parameter(this, "weight");
        pass.Statistics[Index] = new NormStatistics(zeros, IsTrainable ? Ones(pass, stem, pitch) : zeros, weight);
        ScaleShiftNode.Plan(pass, this, pass.InPlaceOr(this, keepsInput: IsTrainable), weight, Spec.Bias ? pass.Places.Parameter(this, "bias") : zeros);
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
        KernelCall call = KernelCall.Of(RuntimeKernel.ScaleShift).In("dy", dy.Value).In("scale", statistics.Weight!).In("shift", statistics.Mean).Out("dx", dx);
        pass.Call(this, "dx = weight * dy, per channel", call.Positions().Pitch());
        pass.Contribute(this, 0, dx);
    }

    private Address Ones(ForwardPass pass, string stem, int pitch)
    {
        Address ones = Address.Of(pass.Schedule.Shared(stem + "Ones", pitch));
        KernelCall fill = KernelCall.Of(RuntimeKernel.Fill).Out("y", ones).Reals(1).Numbers(pitch);
        pass.Schedule.Batch(fill.Step(MethodStem + "Ones", "the deviations that the gradients' sums divide by"));
        return ones;
    }

    /// <summary>Sums per image first, then over the images in order.</summary>
    private void PlanParameters(BackwardPass pass, Value dy, NormStatistics statistics)
    {
        int pitch = dy.Layout.Pitch;
        (Address sumDy, Address sumDyX) = NormSums.Plan(pass, this, dy, statistics, optional: false);
        Address db = Spec.Bias ? pass.Places.Gradient(this, "bias") : Address.Of(pass.Schedule.Shared(BackwardPass.NameOf(this, "NoBias"), pitch));
        Step combine = NormSums.Combine(this, sumDy, sumDyX, pitch, db, pass.Places.Gradient(this, "weight"));
        pass.Defer(() => pass.Schedule.Batch(combine));
    }
}

internal sealed class ScaleNodeFactory : NodeFactory<ScaleSpec>
{
    public override Node Make(NodeSite site)
    {
        ScaleSpec spec = (ScaleSpec)site.Layer.Spec;
        bool isPerChannel = spec.Over == ScaleOver.Channels;
        if (isPerChannel && !site.Training)
            return ScaleShiftNode.Of(site, new FoldedNorm { Layer = spec.Name, HasWeight = spec.Factor, HasBias = spec.Bias });
        return isPerChannel && spec.Factor
            ? new ScaleNode { Layer = site.Layer, Inputs = site.Inputs, Input = site.Input, Output = site.Input }
            : new MapScaleNode { Layer = site.Layer, Inputs = site.Inputs, Input = site.Input, Output = site.Input };
    }
}
