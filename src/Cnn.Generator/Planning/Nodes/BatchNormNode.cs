using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>
/// BatchNorm in a trainer, which normalises with the batch's statistics; a frozen one has one scale and one shift a channel.
/// </summary>
public sealed record BatchNormNode : Node
{
    public BatchNormSpec Spec => (BatchNormSpec)Layer.Spec;

    private string Epsilon => Activations.Literal(Spec.Epsilon);

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
            PlanTrainingBackward(pass, dy, statistics);
    }

    private void PlanTraining(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        string stem = Names.Local(Name);
        int pitch = x.Layout.Pitch;
        string positions = Rows.Number(x.Layout.Positions);
        int means = pass.Schedule.Tensor(stem + "Means", pitch);
        int squares = pass.Schedule.Tensor(stem + "Squares", pitch);
        int mean = pass.Schedule.Shared(stem + "Mean", pitch);
        int inverse = pass.Schedule.Shared(stem + "InverseDeviation", pitch);
        string statistics = pass.Methods.Add(
            MethodStem + "Statistics",
            $"mean and sum of squared deviations of each of {Rows.Number(x.Layout.Channels)} channels over one image's {positions} positions",
            Rows.Single($"_run::BatchNormKernels.Statistics(ref {{x}}, {positions}, {Rows.Number(pitch)}, ref {{mean}}, ref {{squares}});", ["x", "mean", "squares"]));
        pass.Schedule.PerImage(statistics, false, x.Interior, ScheduleBuilder.At(means), ScheduleBuilder.At(squares));
        string combine = pass.Methods.Add(
            MethodStem + "Combine",
            "the batch's statistics from the images', and the running ones moved towards them",
            Rows.Single(
                $"_run::BatchNormKernels.Combine(ref {{means}}, ref {{squares}}, images, {positions}, {Rows.Number(pitch)}, ref {{mean}}, ref {{inverseDeviation}}, ref {{runningMean}}, ref {{runningVariance}}, {Epsilon}, {Activations.Literal(Spec.Momentum)});",
                ["means", "squares", "mean", "inverseDeviation", "runningMean", "runningVariance"],
                ["int images"]));
        pass.Schedule.Batch(
            combine, CallShape.OnceWithImages, 0, false, false, ScheduleBuilder.At(means), ScheduleBuilder.At(squares), ScheduleBuilder.At(mean), ScheduleBuilder.At(inverse), pass.Places.RunningMean(this), pass.Places.RunningVariance(this));
        (Operand weight, Operand bias) = Affine(pass, stem, pitch);
        pass.Statistics[Index] = new NormStatistics(ScheduleBuilder.At(mean), ScheduleBuilder.At(inverse), weight);
        Value y = pass.Fresh(this);
        string normalize = pass.Methods.Add(
            MethodStem + "Forward",
            $"y[{Formulas.Dimensions(Output)}] = weight (x - mean) / sqrt(variance + {Epsilon}) + bias, per channel, over the batch",
            Rows.Over(
                "_run::BatchNormKernels.Normalize(ref {x}, ref {mean}, ref {inverseDeviation}, ref {weight}, ref {bias}, ref {y}, {positions}, {pitch});",
                [("x", x.Layout), ("y", y.Layout)], ["mean", "inverseDeviation", "weight", "bias"]));
        pass.Schedule.PerImage(normalize, false, x.Interior, y.Interior, ScheduleBuilder.At(mean), ScheduleBuilder.At(inverse), weight, bias);
    }

    /// <summary>Weight and bias; constants where the norm has none of its own.</summary>
    private (Operand Weight, Operand Bias) Affine(ForwardPass pass, string stem, int pitch)
    {
        if (pass.Places.NormWeight(this) is { } weight && pass.Places.NormBias(this) is { } bias)
            return (weight, bias);
        int ones = pass.Schedule.Shared(stem + "Ones", pitch);
        int zeros = pass.Schedule.Shared(stem + "Zeros", pitch);
        string fill = pass.Methods.Add(MethodStem + "Ones", "weight = 1, for a norm without one", Rows.Single($"_run::KernelConstants.Fill(ref {{y}}, 1f, {Rows.Number(pitch)});", ["y"]));
        pass.Schedule.Batch(fill, CallShape.Once, 0, true, false, ScheduleBuilder.At(ones));
        return (ScheduleBuilder.At(ones), ScheduleBuilder.At(zeros));
    }

    private void PlanFrozen(ForwardPass pass)
    {
        string stem = Names.Local(Name);
        int pitch = pass.InputOf(this).Layout.Pitch;
        int scale = pass.Schedule.Shared(stem + "Scale", pitch);
        int shift = pass.Schedule.Shared(stem + "Shift", pitch);
        string channels = Rows.Number(Input.Channels);
        string call = Spec.Affine
            ? $"_run::BatchNormKernels.ScaleShift(ref {{weight}}, ref {{bias}}, ref {{runningMean}}, ref {{runningVariance}}, {Epsilon}, {channels}, ref {{scale}}, ref {{shift}});"
            : $"_run::KernelConstants.ScaleShift(ref {{runningMean}}, ref {{runningVariance}}, {Epsilon}, {channels}, ref {{scale}}, ref {{shift}});";
        string[] affine = Spec.Affine ? ["weight", "bias"] : [];
        string method = pass.Methods.Add(
            MethodStem + "ScaleShift", "the running statistics as a scale and a shift", Rows.Single(call, [.. affine, "runningMean", "runningVariance", "scale", "shift"]));
        List<Operand> operands = [];
        if (Spec.Affine)
            operands.AddRange([pass.Places.NormWeight(this)!, pass.Places.NormBias(this)!]);
        operands.AddRange([pass.Places.RunningMean(this), pass.Places.RunningVariance(this), ScheduleBuilder.At(scale), ScheduleBuilder.At(shift)]);
        pass.Schedule.Batch(method, CallShape.Once, 0, false, false, [.. operands]);
        pass.Statistics[Index] = new NormStatistics(ScheduleBuilder.At(scale), ScheduleBuilder.At(shift), ScheduleBuilder.At(scale));
        ScaleShiftNode.Plan(pass, this, pass.Fresh(this), ScheduleBuilder.At(scale), ScheduleBuilder.At(shift));
    }

    private void PlanFrozenBackward(BackwardPass pass, Gradient dy, Operand scale)
    {
        Value dx = pass.Fresh(this);
        int zeros = pass.Schedule.Shared(BackwardPass.NameOf(this, "NoShift"), dy.Layout.Pitch);
        string method = pass.Methods.Add(
            MethodStem + "Backward",
            "dx = dy * scale, per channel",
            Rows.Over("_run::ElementWise.ScaleShift(ref {dy}, ref {scale}, ref {shift}, ref {dx}, {positions}, {pitch});", [("dy", dy.Layout), ("dx", dx.Layout)], ["scale", "shift"]));
        pass.Schedule.PerImage(method, pass.IsOptional(this), dy.Interior, dx.Interior, scale, ScheduleBuilder.At(zeros));
        pass.Contribute(this, 0, dx);
    }

    private void PlanTrainingBackward(BackwardPass pass, Gradient dy, NormStatistics statistics)
    {
        bool optional = pass.IsOutputOptional(this);
        Value x = pass.Forward.InputOf(this);
        int pitch = x.Layout.Pitch;
        string name = Names.Local(Name);
        (Operand mean, Operand inverse, Operand? weight) = statistics;
        int sumsDy = pass.Schedule.Tensor(name + "SumsDy", pitch, optional);
        int sumsDyXhat = pass.Schedule.Tensor(name + "SumsDyXhat", pitch, optional);
        string sums = pass.Methods.Add(
            MethodStem + "BackwardSums",
            "sums of dy and of dy * xhat over one image's positions, xhat = (x - mean) * inverseDeviation",
            Rows.Single(
                $"_run::BatchNormKernels.BackwardSums(ref {{dy}}, ref {{x}}, ref {{mean}}, ref {{inverseDeviation}}, {Rows.Number(x.Layout.Positions)}, {Rows.Number(pitch)}, ref {{sumDy}}, ref {{sumDyXhat}});",
                ["dy", "x", "mean", "inverseDeviation", "sumDy", "sumDyXhat"]));
        pass.Schedule.PerImage(sums, optional, dy.Interior, x.Interior, mean, inverse, ScheduleBuilder.At(sumsDy), ScheduleBuilder.At(sumsDyXhat));
        Operand db = IsTrainable ? pass.Places.Gradient(this, "bias") : ScheduleBuilder.At(pass.Schedule.Shared(name + "BiasGradient", pitch));
        Operand dw = IsTrainable ? pass.Places.Gradient(this, "weight") : ScheduleBuilder.At(pass.Schedule.Shared(name + "WeightGradient", pitch));
        string combine = pass.Methods.Add(
            MethodStem + "BackwardCombine",
            "db = sum of dy, dw = sum of dy * xhat, over the batch",
            Rows.Single($"_run::BatchNormKernels.BackwardCombine(ref {{sumsDy}}, ref {{sumsDyXhat}}, images, {Rows.Number(pitch)}, ref {{db}}, ref {{dw}});", ["sumsDy", "sumsDyXhat", "db", "dw"], ["int images"]));
        pass.Flush();
        pass.Schedule.Batch(combine, CallShape.OnceWithImages, 0, false, optional, ScheduleBuilder.At(sumsDy), ScheduleBuilder.At(sumsDyXhat), db, dw);
        Value dx = pass.Fresh(this);
        string apply = pass.Methods.Add(
            MethodStem + "Backward",
            "dx = weight * inverseDeviation * (dy - db / m - xhat * dw / m), m values a channel in the batch",
            Rows.Over(
                $"_run::BatchNormKernels.BackwardApply(ref {{dy}}, ref {{x}}, ref {{mean}}, ref {{inverseDeviation}}, ref {{weight}}, ref {{db}}, ref {{dw}}, 1f / (images * {Rows.Number(x.Layout.Positions)}f), ref {{dx}}, {{positions}}, {{pitch}});",
                [("dy", dy.Layout), ("x", x.Layout), ("dx", dx.Layout)], ["mean", "inverseDeviation", "weight", "db", "dw"], ["int images"]));
        pass.Schedule.PerImageWithCount(apply, pass.IsOptional(this), dy.Interior, x.Interior, dx.Interior, mean, inverse, weight!, db, dw);
        pass.Contribute(this, 0, dx);
    }
}
