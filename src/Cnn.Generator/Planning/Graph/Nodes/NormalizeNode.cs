using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>Normalize in a trainer: one scale and one shift a channel, constants of the generated code.</summary>
public sealed record NormalizeNode : Node
{
    public NormalizeSpec Spec => (NormalizeSpec)Layer.Spec;

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        Value y = pass.InPlaceOr(this, keepsInput: false);
        float[] shift = [.. Spec.Mean.Zip(Spec.Deviation, static (mean, deviation) => (float)(-(double)mean / deviation))];
        string formula = $"y[{Formulas.Dimensions(Output)}] = (x - mean) / deviation, per channel, as x * scale + shift";
        pass.Call(this, "Forward", formula,
            WithConstants(KernelCall.Of(RuntimeKernel.ScaleShift).In("x", x), x.Layout.Pitch, shift).Out("y", y).Positions().Pitch());
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        Value dx = pass.Fresh(this);
        KernelCall call = WithConstants(KernelCall.Of(RuntimeKernel.ScaleShift).In("dy", dy.Value), dy.Layout.Pitch, new float[Spec.Deviation.Length]);
        pass.Call(this, "dx = dy / deviation, per channel", call.Out("dx", dx).Positions().Pitch());
        pass.Contribute(this, 0, dx);
    }

    private KernelCall WithConstants(KernelCall call, int pitch, float[] shift)
    {
        float[] scale = [.. Spec.Deviation.Select(static deviation => (float)(1.0 / deviation))];
        return call.Argue(Padded(scale, pitch)).Argue(Padded(shift, pitch));
    }

    /// <summary>With zeros for the padding of the channels.</summary>
    private static ConstantsArgument Padded(float[] values, int pitch) => new(values.Concat(Enumerable.Repeat(0f, pitch - values.Length)).ToEquatableArray());
}

internal sealed class NormalizeNodeFactory : NodeFactory<NormalizeSpec>
{
    public override Node Make(NodeSite site)
    {
        if (site.Training)
            return new NormalizeNode { Layer = site.Layer, Inputs = site.Inputs, Input = site.Input, Output = site.Input };
        NormalizeSpec constants = (NormalizeSpec)site.Layer.Spec;
        return ScaleShiftNode.Of(site, new FoldedNorm { Layer = constants.Name, Mean = constants.Mean, Deviation = constants.Deviation });
    }
}
