using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>A node that slides a weight over a map: a convolution or a transposed one, which are each other's input gradient.</summary>
public abstract record ConvolutionNode : WeightNode
{
    /// <summary>The convolution, or the one whose input gradient this node is.</summary>
    public abstract ConvolutionGeometry Geometry { get; }

    /// <inheritdoc/>
    public override WeightLayout Weight => Geometry.Weight;

    /// <inheritdoc/>
    public override bool WritesItsChannelsAlone => !Epilogue.HasResidual;

    /// <summary>The layout of the output's gradient in which no tap falls outside.</summary>
    public abstract TensorLayout GradientLayout { get; }

    /// <summary>Whether something reads the gradient of the output, activation undone, over its edge.</summary>
    public abstract bool NeedsGradientBorder(BackwardPass pass);

    /// <inheritdoc/>
    public override TensorLayout? WantedGradient(BackwardPass pass, bool undone) =>
        (undone || Fused is null) && ResidualInput is null && NeedsGradientBorder(pass) ? GradientLayout : null;

    /// <summary>
    /// What is done along the way, and what needs a pass of its own: sums of groups reach over each other's lanes, and those of the last channels lie elsewhere
    /// at first, so that they find no residual.
    /// </summary>
    /// <param name="parts">The sums, which are asked for where there is a residual.</param>
    protected (Epilogue Fused, Epilogue Behind) Divide(Func<IEnumerable<PlacedContraction>> parts) =>
        Epilogue.HasResidual && parts().Any(static part => part.Last is not null || part.Kernel.KeepsNeighbours)
            ? Epilogue.AtResidual()
            : (Epilogue, Epilogue.None);

    /// <summary>A grouped convolution leaves the pitch's padding alone, because another group's channels may stand there; it must not hold rubbish.</summary>
    protected void ClearPaddingOfGroups(ForwardPass pass, Value y)
    {
        if (Geometry.Weight.Groups > 1 && y.Layout.Channels != LaneBlocks.Lanes(y.Layout.Channels))
            pass.ClearLanes(MethodStem, y);
    }

    /// <summary>The bias' gradient is the sum of dy over positions and images: per image first, then over the images in order.</summary>
    protected void PlanBias(BackwardPass pass, Value dy)
    {
        int pitch = dy.Layout.Pitch;
        Address sums = Address.Of(pass.Schedule.Tensor(BackwardPass.NameOf(this, "BiasSums"), pitch));
        KernelCall each = KernelCall.Of(RuntimeKernel.ColumnSums).In("dy", dy.Start).Numbers(dy.Layout.RawSize / pitch, pitch).Out("sums", sums);
        pass.Schedule.PerImage(each.Step(MethodStem + "BiasSums", "sums[c] = sum of dy over one image's positions; a border of zeros adds nothing"));
        KernelCall all = KernelCall.Of(RuntimeKernel.SumImages).In("sums", sums).Number(RunNumbers.Images).Numbers(pitch)
            .Out("db", pass.Places.Gradient(this, "bias"));
        Step sum = all.Step(MethodStem + "BiasGradient", "db[c] = sum of the images' sums");
        pass.DeferSum(() => pass.Schedule.Batch(sum));
    }

    /// <summary>The weight's gradient, summed over the images in order.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="placed">Its contraction.</param>
    /// <param name="a">What is read as scalars, and what the method calls it.</param>
    /// <param name="b">What is read as vectors.</param>
    protected void PlanWeight(BackwardPass pass, PlacedContraction placed, (string Name, Value Value) a, (string Name, Value Value) b)
    {
        string formula = $"dw += dy[{Formulas.Dimensions(Output)}] * x[{Formulas.Dimensions(Input)}], summed over the positions of one image";
        Address scalars = Address.Of(a.Value.Tensor, placed.AOffset);
        Address vectors = Address.Of(b.Value.Tensor, placed.BOffset);
        Address dw = pass.Places.Gradient(this, "weight");
        if (placed.Kernel.Sections.Length > 0)
        {
            ContractionBody body = ContractionBody.Of(placed.Kernel, a.Name, b.Name, "dw");
            PlanSums(pass, sums => new Step(MethodStem + "WeightGradient", formula, body, scalars, vectors, sums), Weight.Size, dw);
        }

        if (placed.LastGradient is not { } last)
            return;
        Address lastSums = Address.Of(pass.Schedule.Passing(BackwardPass.NameOf(this, "WeightGradientLastSums"), last.SumFloats));
        string ofLast =
            $"{formula}, for the last {Formulas.Number(last.Channels)} of {Formulas.Number(last.FirstChannel + last.Channels)} channels, "
            + "taps and inputs in the lanes";
        ContractionBody lastBody = ContractionBody.Of(last.Kernel, b.Name, a.Name, "sums");
        PlanSums(
            pass, sums => new Step(MethodStem + "WeightGradientLastChannels", ofLast, lastBody, vectors.Ahead(last.FirstChannel), scalars, sums),
            last.SumFloats, lastSums);
        pass.DeferSum(() => pass.Schedule.Batch(LastChannels.Merge(last, MethodStem + "WeightGradient", lastSums, dw)));
    }

    /// <summary>Sums over the images: in groups where there are few units, whose sums are added when the next layer is at work.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="step">What adds one image to the sums.</param>
    /// <param name="floats">Of the sums.</param>
    /// <param name="target">Where they belong.</param>
    private void PlanSums(BackwardPass pass, Func<Address, Step> step, int floats, Address target)
    {
        Step alone = step(target);
        int groups = GradientGroups.Of(alone.Body.Units, floats);
        if (groups == 1)
        {
            pass.Schedule.Batch(alone);
            return;
        }

        int stride = GradientGroups.Stride(floats);
        Address sums = Address.Of(pass.Schedule.Passing(Names.Local(alone.Name) + "Groups", groups * stride));
        pass.Schedule.Batch(step(sums), groups: groups, groupStride: stride);
        pass.DeferSum(() => pass.Schedule.Batch(GradientGroups.Sum(alone.Name + "Sum", sums, groups, floats, target)));
    }

    /// <summary>The few last channels with positions in the lanes: into planes, sums, and among the other channels.</summary>
    protected void PlanLastChannels(
        PositionLanes last, string suffix, ScheduleBuilder schedule, bool optional, Value x, (Address Weight, Address? Bias) weights, Value y, int offset,
        bool forward = false)
    {
        string stem = MethodStem + suffix;
        string name = Names.Local(Name) + suffix;
        Address planes = Address.Of(x.Tensor, last.PlaneOffset);
        if (!last.InputIsPlane)
        {
            int tensor = schedule.Tensor(name + "Planes", last.InputFloats, optional);
            int positions = PositionLanes.PlaneFloats(last.Input);
            KernelCall split = KernelCall.Of(RuntimeKernel.TransposeBlock)
                .In("x", x.Start).Numbers(last.Input.Pitch).Out("planes", Address.Of(tensor)).Numbers(positions, positions, last.Planes);
            schedule.PerImage(split.Step(stem + "Planes", $"planes[c][p] = x[p][c], {Formulas.Number(last.Planes)} channels, border and all"), optional);
            planes = Address.Of(tensor, last.PlaneOffset);
        }

        int sums = schedule.Tensor(name + "Sums", last.SumFloats, optional);
        int used = last.Channels * last.SumStride;
        KernelCall clear = KernelCall.Of(RuntimeKernel.Clear).Out("sums", Address.Of(sums, used)).Numbers(last.SumFloats - used);
        schedule.PerImage(clear.Step(stem + "ClearSums", "zeros, for the padding of the channels"), optional);
        Address[] start = weights.Bias is null ? [] : [weights.Bias];
        ContractionBody body = ContractionBody.Of(last.Kernel, "w", "planes", "sums", weights.Bias is null ? null : "b");
        schedule.PerImage(
            new Step(
                stem + "LastChannels",
                $"the last {Formulas.Number(last.Channels)} of {Formulas.Number(last.FirstChannel + last.Channels)} channels, positions in the lanes",
                forward ? body.WithWeight("w") : body,
                [weights.Weight, planes, .. start, Address.Of(sums)]),
            optional);
        schedule.PerImage(LastChannels.Merge(last, stem, Address.Of(sums), Address.Of(y.Tensor, offset + last.FirstChannel)), optional);
    }

    /// <summary>What the methods of an input gradient are called after: where the stride is not 1, also the number of the residue.</summary>
    protected static IEnumerable<(PlacedContraction Phase, string Suffix)> Phases(string suffix, IEnumerable<PlacedContraction> phases)
    {
        PlacedContraction[] all = [.. phases];
        return all.Select((phase, residue) => (phase, all.Length == 1 ? suffix : $"{suffix}OfResidue{Formulas.Number(residue)}"));
    }

    /// <summary>For formulas: empty where the stride is 1.</summary>
    protected string Residue => Layer.Window!.Stride.Any(static stride => stride > 1) ? ", for one residue of the stride" : string.Empty;
}
