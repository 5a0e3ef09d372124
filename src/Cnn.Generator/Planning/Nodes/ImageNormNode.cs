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

    private string Groups => Rows.Number(Spec.GroupsOf(Input.Channels));

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
        Operand mean = ScheduleBuilder.At(pass.Schedule.Tensor(stem + "Mean", pitch));
        Operand inverse = ScheduleBuilder.At(pass.Schedule.Tensor(stem + "InverseDeviation", pitch));
        pass.Statistics[Index] = new NormStatistics(mean, inverse);
        string statistics = pass.Methods.Add(
            MethodStem + "Statistics",
            $"mean and 1 / sqrt(variance + {Activations.Literal(Spec.Epsilon)}) of each group of channels of one image, groups: {Groups}",
            Rows.Single(
                $"_run::GroupNormKernels.Statistics(ref {{x}}, {Rows.Number(x.Layout.Positions)}, {Rows.Number(Input.Channels)}, {Rows.Number(pitch)}, {Groups}, {Activations.Literal(Spec.Epsilon)}, ref {{mean}}, ref {{inverseDeviation}});",
                ["x", "mean", "inverseDeviation"]));
        pass.Schedule.PerImage(statistics, false, x.Interior, mean, inverse);
        Value y = pass.InPlaceOr(this, keepsInput: pass.Training);
        List<(string, TensorLayout)> moving = [("x", x.Layout), ("y", y.Layout)];
        List<Operand> operands = [x.Interior, y.Interior];
        List<string> still = ["mean", "inverseDeviation"];
        string call = "_run::GroupNormKernels.Normalize(ref {x}, ref {mean}, ref {inverseDeviation}, ref {y}, {positions}, {pitch});";
        if (IsPerElement)
        {
            // The parameters lie as the map does, and move along.
            moving.AddRange([("weight", TensorLayout.Plain(Input)), ("bias", TensorLayout.Plain(Input))]);
            call = "_run::LayerNormKernels.Normalize(ref {x}, ref {mean}, ref {inverseDeviation}, ref {weight}, ref {bias}, ref {y}, {run});";
        }
        else if (Spec.Affine)
        {
            still.AddRange(["weight", "bias"]);
            call = "_run::BatchNormKernels.Normalize(ref {x}, ref {mean}, ref {inverseDeviation}, ref {weight}, ref {bias}, ref {y}, {positions}, {pitch});";
        }

        Operand[] affine = Spec.Affine ? [pass.Places.Parameter(this, "weight"), pass.Places.Parameter(this, "bias")] : [];
        operands.AddRange(IsPerElement ? [.. affine, mean, inverse] : [mean, inverse, .. affine]);
        string formula = $"y[{Formulas.Dimensions(Output)}] = (x - mean) / sqrt(variance + {Activations.Literal(Spec.Epsilon)}){(Spec.Affine ? " weight + bias" : string.Empty)}";
        pass.Schedule.PerImage(pass.Methods.Add(MethodStem + "Forward", formula, Rows.Over(call, moving, still)), false, [.. operands]);
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

        (Operand sumDy, Operand sumDyXhat) = PlanSums(pass, gradient, statistics, IsPerElement ? optional : pass.IsOutputOptional(this));
        if (IsTrainable && !IsPerElement)
            PlanChannelGradients(pass, sumDy, sumDyXhat);
        if (optional)
            pass.Flush();
        PlanInput(pass, gradient, statistics, sumDy, sumDyXhat, optional);
    }

    private void PlanElementGradients(BackwardPass pass, Value dy, NormStatistics statistics)
    {
        int count = dy.Layout.RawSize;
        string method = pass.Methods.Add(
            MethodStem + "ParameterGradients",
            "dw += dy * xhat and db += dy, element by element, for one image; xhat = (x - mean) * inverseDeviation",
            Rows.Single(
                $"_run::LayerNormKernels.ParameterGradients(ref {{dy}}, ref {{x}}, ref {{mean}}, ref {{inverseDeviation}}, ref {{dw}}, ref {{db}}, {Rows.Number(count)}, {Rows.Number(BlockFloats)}, first, from, to);",
                ["dy", "x", "mean", "inverseDeviation", "dw", "db"],
                ["bool first", "int from", "int to"]));
        pass.Schedule.Batch(
            method, CallShape.UnitsForEachImage, (count + BlockFloats - 1) / BlockFloats, false, false,
            dy.Interior, pass.Forward.InputOf(this).Interior, statistics.Mean, statistics.InverseDeviation, pass.Places.Gradient(this, "weight"), pass.Places.Gradient(this, "bias"));
    }

    /// <summary>dy * weight, from which the input's gradient goes on as if there were no weight.</summary>
    private Value PlanWeighed(BackwardPass pass, Value dy, bool optional)
    {
        TensorLayout layout = TensorLayout.Plain(Output);
        Value weighed = new(pass.Schedule.Tensor(BackwardPass.NameOf(this, "WeighedGradient"), layout.Size, optional), layout);
        string pitch = Rows.Number(layout.Pitch);
        string method = pass.Methods.Add(
            MethodStem + "Weigh",
            "g = dy * weight",
            Rows.Over(
                $"_run::Products.Multiply(ref {{dy}}, {pitch}, false, ref {{weight}}, {pitch}, false, ref {{g}}, {{positions}}, {{pitch}});",
                [("dy", dy.Layout), ("weight", layout), ("g", layout)]));
        pass.Schedule.PerImage(method, optional, dy.Interior, pass.Places.Parameter(this, "weight"), weighed.Interior);
        return weighed;
    }

    private (Operand SumDy, Operand SumDyXhat) PlanSums(BackwardPass pass, Value dy, NormStatistics statistics, bool optional)
    {
        int pitch = dy.Layout.Pitch;
        Operand sumDy = ScheduleBuilder.At(pass.Schedule.Tensor(BackwardPass.NameOf(this, "SumsDy"), pitch, optional));
        Operand sumDyXhat = ScheduleBuilder.At(pass.Schedule.Tensor(BackwardPass.NameOf(this, "SumsDyXhat"), pitch, optional));
        string method = pass.Methods.Add(
            MethodStem + "BackwardSums",
            "sums of dy and of dy * xhat over one image's positions, xhat = (x - mean) * inverseDeviation",
            Rows.Single(
                $"_run::BatchNormKernels.BackwardSums(ref {{dy}}, ref {{x}}, ref {{mean}}, ref {{inverseDeviation}}, {Rows.Number(dy.Layout.Positions)}, {Rows.Number(pitch)}, ref {{sumDy}}, ref {{sumDyXhat}});",
                ["dy", "x", "mean", "inverseDeviation", "sumDy", "sumDyXhat"]));
        pass.Schedule.PerImage(method, optional, dy.Interior, pass.Forward.InputOf(this).Interior, statistics.Mean, statistics.InverseDeviation, sumDy, sumDyXhat);
        return (sumDy, sumDyXhat);
    }

    private void PlanChannelGradients(BackwardPass pass, Operand sumDy, Operand sumDyXhat)
    {
        string method = pass.Methods.Add(
            MethodStem + "BackwardCombine",
            "db = sum of dy, dw = sum of dy * xhat, over the batch",
            Rows.Single(
                $"_run::BatchNormKernels.BackwardCombine(ref {{sumsDy}}, ref {{sumsDyXhat}}, images, {Rows.Number(TensorLayout.Plain(Output).Pitch)}, ref {{db}}, ref {{dw}});",
                ["sumsDy", "sumsDyXhat", "db", "dw"],
                ["int images"]));
        pass.Defer(() => pass.Schedule.Batch(
            method, CallShape.OnceWithImages, 0, false, false, sumDy, sumDyXhat, pass.Places.Gradient(this, "bias"), pass.Places.Gradient(this, "weight")));
    }

    private void PlanInput(BackwardPass pass, Value dy, NormStatistics statistics, Operand sumDy, Operand sumDyXhat, bool optional)
    {
        int pitch = dy.Layout.Pitch;
        bool weighs = Spec.Affine && !IsPerElement;
        Operand factor = ScheduleBuilder.At(pass.Schedule.Tensor(BackwardPass.NameOf(this, "Factor"), pitch, optional));
        Operand slope = ScheduleBuilder.At(pass.Schedule.Tensor(BackwardPass.NameOf(this, "Slope"), pitch, optional));
        Operand shift = ScheduleBuilder.At(pass.Schedule.Tensor(BackwardPass.NameOf(this, "Shift"), pitch, optional));
        string weight = weighs ? "ref {weight}, " : string.Empty;
        string[] weightName = weighs ? ["weight"] : [];
        Operand[] weightOperand = weighs ? [pass.Places.Parameter(this, "weight")] : [];
        string coefficients = pass.Methods.Add(
            MethodStem + "BackwardCoefficients",
            $"factor, slope and shift of a channel from the sums of its group of m elements, groups: {Groups}",
            Rows.Single(
                $"_run::GroupNormKernels.BackwardCoefficients(ref {{sumDy}}, ref {{sumDyXhat}}, {weight}ref {{inverseDeviation}}, {Rows.Number(dy.Layout.Positions)}, {Rows.Number(Input.Channels)}, {Rows.Number(pitch)}, {Groups}, ref {{factor}}, ref {{slope}}, ref {{shift}});",
                ["sumDy", "sumDyXhat", .. weightName, "inverseDeviation", "factor", "slope", "shift"]));
        pass.Schedule.PerImage(coefficients, optional, [sumDy, sumDyXhat, .. weightOperand, statistics.InverseDeviation, factor, slope, shift]);
        Value x = pass.Forward.InputOf(this);
        Value dx = pass.Fresh(this);
        string apply = pass.Methods.Add(
            MethodStem + "Backward",
            "dx = factor * dy + slope * (x - mean) + shift = inverseDeviation * (g - sum of g / m - xhat * sum of g * xhat / m), g = dy * weight",
            Rows.Over(
                "_run::GroupNormKernels.BackwardApply(ref {dy}, ref {x}, ref {mean}, ref {factor}, ref {slope}, ref {shift}, ref {dx}, {positions}, {pitch});",
                [("dy", dy.Layout), ("x", x.Layout), ("dx", dx.Layout)], ["mean", "factor", "slope", "shift"]));
        pass.Schedule.PerImage(apply, optional, dy.Interior, x.Interior, dx.Interior, statistics.Mean, factor, slope, shift);
        pass.Contribute(this, 0, dx);
    }
}
