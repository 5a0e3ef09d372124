using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>A convolution, with what is fused into it.</summary>
public sealed record ConvNode : ConvolutionNode
{
    public ConvSpec Spec => (ConvSpec)Layer.Spec;

    /// <inheritdoc/>
    public override bool HasBias => Spec.Bias;

    /// <inheritdoc/>
    public override ConvolutionGeometry Geometry => new() { Input = Input, Output = Output, Window = Layer.Window!, Groups = Spec.Groups };

    /// <inheritdoc/>
    public override bool SeesNoPadding => Layer.Window!.PaddingBegin.Concat(Layer.Window.PaddingEnd).All(static padding => padding == 0);

    /// <inheritdoc/>
    public override TensorLayout GradientLayout
    {
        get
        {
            (EquatableArray<int> begin, EquatableArray<int> end) = Geometry.GradientBorder();
            return TensorLayout.Bordered(Output, begin, end);
        }
    }

    /// <inheritdoc/>
    public override bool NeedsGradientBorder(BackwardPass pass) => !pass.IsOptional(this);

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
        ClearPaddingOfGroups(pass, y);
        PlacedContraction placed = ConvolutionContractions.Forward(Geometry, x.Layout, y.Layout, Epilogue, splits: !pass.Tracing);
        string formula = $"y[{Formulas.Dimensions(Output)}] = {Formulas.ActivationOf(this, "b + w * x")}, x[{Formulas.Dimensions(Input)}], kernel {Formulas.Dimensions(Layer.Window!.Kernel)}, stride {Formulas.Dimensions(Layer.Window.Stride)}";
        if (pass.Tracing)
            PlanTraced(pass, placed, formula, x, y);
        else if (placed.Kernel.Sections.Length > 0)
            pass.Schedule.PerImageInParts(AddForward(pass, placed, formula), false, ForwardOperands(pass, placed, x, y));
        if (placed.Last is { } last)
            PlanLastChannels(last, "Forward", (pass.Schedule, pass.Methods, false), x, (pass.Places.ForwardWeight(this), pass.Places.Bias(this)), y, placed.COffset);
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
        foreach (PlacedContraction phase in ConvolutionContractions.InputGradient(Geometry, dy.Layout, dx.Layout, StartValue.Zero, Epilogue.None))
        {
            Operand weight = Geometry.IsDepthwise ? pass.Places.Weight(this) : pass.Places.Transposed(this, Geometry.TransposedWeight, false, 0, optional);
            if (phase.Last is { } last)
                PlanLastChannels(last, "InputGradient", (pass.Schedule, pass.Methods, optional), dy, (weight, null), dx, phase.COffset);
            if (phase.Kernel.Sections.Length == 0)
                continue;
            string method = pass.Methods.Add(
                MethodStem + "InputGradient",
                $"dx[{Formulas.Dimensions(Input)}] = w, transposed, * dy[{Formulas.Dimensions(Output)}]{Residue}",
                new ContractionBody { Contraction = phase.Kernel, Names = ["dy", "w", "dx"] });
            pass.Schedule.PerImageInParts(method, optional, ScheduleBuilder.At(dy.Tensor, phase.AOffset), weight, ScheduleBuilder.At(dx.Tensor, phase.COffset));
        }

        return dx;
    }

    private void PlanWeight(BackwardPass pass, Value dy)
    {
        Value x = pass.Forward.InputOf(this);
        PlacedContraction placed = ConvolutionContractions.WeightGradient(Geometry, x.Layout, dy.Layout, masksPadding: false);
        PlanWeight(pass, placed, x, dy, ["x", "dy", "dw"]);
    }
}
