namespace Cnn.Generator.Planning;

/// <summary>The sums of a norm's backward pass: of dy and of dy * xhat, per channel, over one image and then over the batch.</summary>
internal static class NormSums
{
    /// <summary>Sums over one image's positions.</summary>
    public static (Address SumDy, Address SumDyXhat) Plan(BackwardPass pass, Node node, Value dy, NormStatistics statistics, bool optional)
    {
        int pitch = dy.Layout.Pitch;
        Address sumDy = Address.Of(pass.Schedule.Tensor(BackwardPass.NameOf(node, "SumsDy"), pitch, optional));
        Address sumDyXhat = Address.Of(pass.Schedule.Tensor(BackwardPass.NameOf(node, "SumsDyXhat"), pitch, optional));
        KernelCall sums = KernelCall.Of(RuntimeKernel.BatchNormBackwardSums)
            .In("dy", dy.Interior)
            .In("x", pass.Forward.InputOf(node).Interior)
            .In("mean", statistics.Mean)
            .In("inverseDeviation", statistics.InverseDeviation)
            .Numbers(dy.Layout.Positions, pitch)
            .Out("sumDy", sumDy)
            .Out("sumDyXhat", sumDyXhat);
        pass.Schedule.PerImage(sums.Step(node.MethodStem + "BackwardSums",
            "sums of dy and of dy * xhat over one image's positions, xhat = (x - mean) * inverseDeviation"), optional);
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
