using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>
/// A transposed convolution: forward is the input gradient of a convolution from its output to its input, its own input gradient is that convolution's
/// forward pass, and the weight's gradient is that of the convolution with x and dy exchanged.
/// </summary>
public sealed record ConvTransposeNode : ConvolutionNode
{
    public ConvTransposeSpec Spec => (ConvTransposeSpec)Layer.Spec;

    /// <inheritdoc/>
    public override bool HasBias => Spec.Bias;

    /// <inheritdoc/>
    public override ConvolutionGeometry Geometry => new() { Input = Output, Output = Input, Window = Layer.Window!, Groups = Spec.Groups };

    /// <summary>At the edges of the output, fewer inputs are seen than in the middle.</summary>
    public override bool SeesNoPadding => false;

    /// <inheritdoc/>
    public override WeightLayout ForwardWeight => Geometry.IsDepthwise ? Weight : Geometry.TransposedWeight with { InputsFirst = true };

    /// <inheritdoc/>
    public override TensorLayout GradientLayout
    {
        get
        {
            (EquatableArray<int> begin, EquatableArray<int> end) = Geometry.InputBorder();
            return TensorLayout.Bordered(Output, begin, end);
        }
    }

    /// <inheritdoc/>
    public override bool NeedsGradientBorder(BackwardPass pass) => IsTrainable || !pass.IsOptional(this);

    /// <inheritdoc/>
    public override InputNeed Need(bool training)
    {
        (EquatableArray<int> begin, EquatableArray<int> end) = Geometry.GradientBorder();
        return InputNeed.Border(begin, end);
    }

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        Value y = pass.Fresh(this);
        ClearPaddingOfGroups(pass, y);
        (Epilogue fused, Epilogue rest) = Divide(
            () => ConvolutionContractions.InputGradient(Geometry, x.Layout, y.Layout, StartValue.Vector, Epilogue.None));
        string formula = $"y[{Formulas.Dimensions(Output)}] = {Formulas.Finished(fused, "b + w, transposed, * x")}, x[{Formulas.Dimensions(Input)}], "
            + $"kernel {Formulas.Dimensions(Layer.Window!.Kernel)}, stride {Formulas.Dimensions(Layer.Window.Stride)}{Residue}";
        foreach ((PlacedContraction phase, string suffix) in Phases("Forward",
            ConvolutionContractions.InputGradient(
                Geometry, x.Layout, y.Layout, StartValue.Vector, fused, splits: !pass.Tracing, fused.HasResidual ? Residual(pass)?.Layout : null)))
        {
            if (phase.Last is { } last)
                PlanLastChannels(last, suffix, pass.Schedule, false, x, (pass.Places.ForwardWeight(this), pass.Places.Bias(this)), y, phase.COffset,
                    forward: true);
            if (pass.Tracing)
                PlanTraced(pass, phase, formula, x, y);
            else if (phase.Kernel.Sections.Length > 0)
                pass.Schedule.PerImage(ForwardStep(pass, phase, formula, x, y, suffix));
        }

        PlanRest(pass, rest, y);
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        bool inputIsOptional = pass.IsOptional(this);
        dy = pass.BeforeResidual(this, dy);
        Value before = pass.BeforeActivation(this, dy, GradientLayout);
        if (IsTrainable && HasBias)
            PlanBias(pass, before);
        if (IsTrainable)
        {
            pass.Flush();
            pass.Defer(() => PlanWeight(pass, before));
        }

        if (inputIsOptional)
            pass.Flush();
        pass.Contribute(this, 0, PlanInput(pass, before, inputIsOptional));
    }

    private void PlanWeight(BackwardPass pass, Value dy)
    {
        Value x = pass.Forward.InputOf(this);
        PlacedContraction placed = ConvolutionContractions.WeightGradient(Geometry, dy.Layout, x.Layout, masksPadding: true);
        PlanWeight(pass, placed, ("dy", dy), ("x", x));
    }

    private Value PlanInput(BackwardPass pass, Value dy, bool optional)
    {
        Value dx = pass.Fresh(this);
        if (Geometry.Weight.Groups > 1)
            pass.ClearPadding(MethodStem, dx, optional);
        PlacedContraction placed = ConvolutionContractions.Forward(Geometry, dy.Layout, dx.Layout, Epilogue.None);
        if (placed.Last is { } last)
            PlanLastChannels(last, "InputGradient", pass.Schedule, optional, dy, (pass.Places.Weight(this), null), dx, placed.COffset);
        if (placed.Kernel.Sections.Length == 0)
            return dx;
        Step step = new(
            MethodStem + "InputGradient",
            $"dx[{Formulas.Dimensions(Input)}] = w * dy[{Formulas.Dimensions(Output)}]",
            ContractionBody.Of(placed.Kernel, "dy", "w", "dx"),
            Address.Of(dy.Tensor, placed.AOffset),
            pass.Places.Weight(this),
            Address.Of(dx.Tensor, placed.COffset));
        pass.Schedule.PerImage(step, optional);
        return dx;
    }
}

internal sealed class ConvTransposeNodeFactory : NodeFactory<ConvTransposeSpec>
{
    public override Node Make(NodeSite site) => new ConvTransposeNode { Layer = site.Layer, Inputs = site.Inputs, Input = site.Input, Output = site.Output };
}
