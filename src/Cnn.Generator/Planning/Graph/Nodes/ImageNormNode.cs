using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>LayerNorm, InstanceNorm and GroupNorm: statistics of one image and one group of channels, in trainers and predictors alike.</summary>
public sealed record ImageNormNode : Node
{
    /// <summary>Floats of a block of LayerNorm's parameters, the unit that workers share: two pages.</summary>
    private const int BlockFloats = 2048;

    public ImageNormSpec Spec => (ImageNormSpec)Layer.Spec;

    /// <summary>Whether weight and bias have an element for each of the map, and not for each channel.</summary>
    private bool IsPerElement => Spec is LayerNormSpec { Affine: true };

    private int Groups => Spec.GroupsOf(Input.Channels);

    /// <inheritdoc/>
    public override InputNeed Need(bool training) => InputNeed.Contiguity;

    /// <inheritdoc/>
    public override WeightLayout LayoutOf(ParameterShape parameter) => IsPerElement
        ? new WeightLayout { Groups = 1, Outputs = Input.Channels, Inputs = 1, Taps = Input.Positions, IsOneBlock = true }
        : base.LayoutOf(parameter);

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        int pitch = x.Layout.Pitch;
        string stem = Names.Local(Name);
        Address mean = Address.Of(pass.Schedule.Tensor(stem + "Mean", pitch));
        Address inverse = Address.Of(pass.Schedule.Tensor(stem + "InverseDeviation", pitch));
        pass.Statistics[Index] = new NormStatistics(mean, inverse);
        KernelCall statistics = KernelCall.Of(RuntimeKernel.GroupNormStatistics)
            .In("x", x.Interior)
            .Numbers(x.Layout.Positions, Input.Channels, pitch, Groups)
            .Reals(Spec.Epsilon)
            .Out("mean", mean)
            .Out("inverseDeviation", inverse);
        string ofGroup =
            $"mean and 1 / sqrt(variance + {Formulas.Real(Spec.Epsilon)}) of each group of channels of one image, groups: {Formulas.Number(Groups)}";
        pass.Schedule.PerImage(statistics.Step(MethodStem + "Statistics", ofGroup));
        Value y = pass.InPlaceOr(this, keepsInput: pass.Training);
        KernelCall call = KernelCall.Of(IsPerElement ? RuntimeKernel.LayerNormNormalize
            : Spec.Affine ? RuntimeKernel.BatchNormNormalize
            : RuntimeKernel.GroupNormNormalize)
            .In("x", x)
            .In("mean", mean)
            .In("inverseDeviation", inverse);
        if (IsPerElement)
            call.In("weight", pass.Places.Parameter(this, "weight"), TensorLayout.Plain(Input))
                .In("bias", pass.Places.Parameter(this, "bias"), TensorLayout.Plain(Input)).Out("y", y).Run();
        else if (Spec.Affine)
            call.In("weight", pass.Places.Parameter(this, "weight")).In("bias", pass.Places.Parameter(this, "bias")).Out("y", y).Positions().Pitch()
                .Argue(new EpilogueArgument(Epilogue.None));
        else
            call.Out("y", y).Positions().Pitch();
        string formula =
            $"y[{Formulas.Dimensions(Output)}] = (x - mean) / sqrt(variance + {Formulas.Real(Spec.Epsilon)}){(Spec.Affine ? " weight + bias" : string.Empty)}";
        pass.Call(this, "Forward", formula, call);
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        NormStatistics statistics = pass.Forward.Statistics[Index];
        bool optional = pass.IsOptional(this);
        Value gradient = dy.Value;
        if (IsPerElement)
        {
            if (IsTrainable)
            {
                Value kept = gradient;
                pass.Flush();
                pass.Defer(() => PlanElementGradients(pass, kept, statistics));
            }

            gradient = PlanWeighed(pass, gradient, optional);
        }

        (Address sumDy, Address sumDyXhat) = NormSums.Plan(pass, this, gradient, statistics, IsPerElement ? optional : pass.IsOutputOptional(this));
        if (IsTrainable && !IsPerElement)
            PlanChannelGradients(pass, sumDy, sumDyXhat);
        if (optional)
            pass.Flush();
        PlanInput(pass, gradient, statistics, sumDy, sumDyXhat, optional);
    }

    private void PlanElementGradients(BackwardPass pass, Value dy, NormStatistics statistics)
    {
        int count = dy.Layout.RawSize;
        KernelCall call = KernelCall.Of(RuntimeKernel.LayerNormParameterGradients)
            .In("dy", dy.Interior)
            .In("x", pass.Forward.InputOf(this).Interior)
            .In("mean", statistics.Mean)
            .In("inverseDeviation", statistics.InverseDeviation)
            .InOut("dw", pass.Places.Gradient(this, "weight"))
            .InOut("db", pass.Places.Gradient(this, "bias"))
            .Numbers(count, BlockFloats)
            .Number(RunNumbers.IsFirst)
            .Units((count + BlockFloats - 1) / BlockFloats);
        pass.Schedule.Batch(call.Step(
            MethodStem + "ParameterGradients", "dw += dy * xhat and db += dy, element by element, for one image; xhat = (x - mean) * inverseDeviation"));
    }

    /// <summary>dy * weight, from which the input's gradient goes on as if there were no weight.</summary>
    private Value PlanWeighed(BackwardPass pass, Value dy, bool optional)
    {
        TensorLayout layout = TensorLayout.Plain(Output);
        Value weighed = new(pass.Schedule.Tensor(BackwardPass.NameOf(this, "WeighedGradient"), layout.Size, optional), layout);
        KernelCall call = KernelCall.Of(RuntimeKernel.BinaryForward)
            .Argue(new OperationArgument("MultiplyOperation"))
            .In("dy", dy)
            .Numbers(layout.Pitch)
            .Flag(false)
            .In("weight", pass.Places.Parameter(this, "weight"), layout)
            .Numbers(layout.Pitch)
            .Flag(false)
            .Out("g", weighed)
            .Positions()
            .Pitch();
        pass.Schedule.PerImage(call.Step(MethodStem + "Weigh", "g = dy * weight"), optional);
        return weighed;
    }

    private void PlanChannelGradients(BackwardPass pass, Address sumDy, Address sumDyXhat)
    {
        Step combine = NormSums.Combine(this, sumDy, sumDyXhat, TensorLayout.Plain(Output).Pitch, pass.Places.Gradient(this, "bias"),
            pass.Places.Gradient(this, "weight"));
        pass.Defer(() => pass.Schedule.Batch(combine));
    }

    private void PlanInput(BackwardPass pass, Value dy, NormStatistics statistics, Address sumDy, Address sumDyXhat, bool optional)
    {
        int pitch = dy.Layout.Pitch;
        Address factor = Address.Of(pass.Schedule.Tensor(BackwardPass.NameOf(this, "Factor"), pitch, optional));
        Address slope = Address.Of(pass.Schedule.Tensor(BackwardPass.NameOf(this, "Slope"), pitch, optional));
        Address shift = Address.Of(pass.Schedule.Tensor(BackwardPass.NameOf(this, "Shift"), pitch, optional));
        KernelCall coefficients = KernelCall.Of(RuntimeKernel.GroupNormBackwardCoefficients).In("sumDy", sumDy).In("sumDyXhat", sumDyXhat);
        if (Spec.Affine && !IsPerElement)
            coefficients.In("weight", pass.Places.Parameter(this, "weight"));
        coefficients
            .In("inverseDeviation", statistics.InverseDeviation)
            .Numbers(dy.Layout.Positions, Input.Channels, pitch, Groups)
            .Out("factor", factor)
            .Out("slope", slope)
            .Out("shift", shift);
        string ofChannel = $"factor, slope and shift of a channel from the sums of its group of m elements, groups: {Formulas.Number(Groups)}";
        pass.Schedule.PerImage(coefficients.Step(MethodStem + "BackwardCoefficients", ofChannel), optional);
        Value x = pass.Forward.InputOf(this);
        Value dx = pass.Fresh(this);
        KernelCall apply = KernelCall.Of(RuntimeKernel.GroupNormBackwardApply)
            .In("dy", dy)
            .In("x", x)
            .In("mean", statistics.Mean)
            .In("factor", factor)
            .In("slope", slope)
            .In("shift", shift)
            .Out("dx", dx)
            .Positions()
            .Pitch();
        pass.Schedule.PerImage(
            apply.Step(MethodStem + "Backward",
                "dx = factor * dy + slope * (x - mean) + shift = inverseDeviation * (g - sum of g / m - xhat * sum of g * xhat / m), g = dy * weight"),
            optional);
        pass.Contribute(this, 0, dx);
    }
}

internal sealed class ImageNormNodeFactory : NodeFactory<ImageNormSpec>
{
    public override Node Make(NodeSite site) => site.Layer.Spec is LayerNormSpec { ChannelsOnly: true }
        ? new PositionNormNode { Layer = site.Layer, Inputs = site.Inputs, Input = site.Input, Output = site.Input }
        : new ImageNormNode { Layer = site.Layer, Inputs = site.Inputs, Input = site.Input, Output = site.Input };
}
