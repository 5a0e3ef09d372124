using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>The sums of a norm's backward pass: of dy and of dy * xhat, per channel, over one image and then over the batch.</summary>
internal static class NormSums
{
    /// <summary>Sums over one image's positions.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="node">The norm.</param>
    /// <param name="dy">The gradient of what it made.</param>
    /// <param name="statistics">Of its forward pass.</param>
    /// <param name="optional">Whether they are for input gradients only.</param>
    /// <param name="activation">With which it ends, if that is undone along the way.</param>
    public static (Address SumDy, Address SumDyXhat) Plan(
        BackwardPass pass, Node node, Value dy, NormStatistics statistics, bool optional, ActivationSpec? activation = null)
    {
        int pitch = dy.Layout.Pitch;
        Address sumDy = Address.Of(pass.Schedule.Tensor(BackwardPass.NameOf(node, "SumsDy"), pitch, optional));
        Address sumDyXhat = Address.Of(pass.Schedule.Tensor(BackwardPass.NameOf(node, "SumsDyXhat"), pitch, optional));
        KernelCall sums = KernelCall.Of(RuntimeKernel.BatchNormBackwardSums);
        if (activation is not null)
            sums.Argue(new ActivationArgument(activation.Function));
        sums.In("dy", dy.Interior)
            .In("x", pass.Forward.InputOf(node).Interior)
            .In("mean", statistics.Mean)
            .In("inverseDeviation", statistics.InverseDeviation);
        if (activation is not null)
            sums.In("weight", statistics.Weight!).In("bias", statistics.Bias!);
        sums.Numbers(dy.Layout.Positions, pitch).Out("sumDy", sumDy).Out("sumDyXhat", sumDyXhat);
        string gradient = Formulas.Undone(activation);
        pass.Schedule.PerImage(sums.Step(node.MethodStem + "BackwardSums",
            $"sums of {gradient} and of {gradient} * xhat over one image's positions, xhat = (x - mean) * inverseDeviation"
                + (activation is null ? string.Empty : ", y = xhat * weight + bias")), optional);
        return (sumDy, sumDyXhat);
    }

    /// <summary>Sums of the images' sums, in the order of the images.</summary>
    public static Step Combine(Node node, Address sumDy, Address sumDyXhat, int pitch, Address db, Address dw) =>
        KernelCall.Of(RuntimeKernel.BatchNormBackwardCombine)
            .In("sumsDy", sumDy)
            .In("sumsDyXhat", sumDyXhat)
            .Number(RunNumbers.Images)
            .Numbers(pitch)
            .Out("db", db)
            .Out("dw", dw)
            .Step(node.MethodStem + "BackwardCombine", "db = sum of dy, dw = sum of dy * xhat, over the batch");
}
