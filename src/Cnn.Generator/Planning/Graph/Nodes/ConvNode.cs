using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Planning;

/// <summary>A convolution, with what is fused into it.</summary>
public sealed record ConvNode : ConvolutionNode
{
    /// <summary>Terms of an element's sum from which on it is long beside one more pass over the map.</summary>
    private const int LongSum = 256;

    public ConvSpec Spec => (ConvSpec)Layer.Spec;

    /// <inheritdoc/>
    public override bool HasBias => Spec.Bias;

    /// <inheritdoc/>
    public override ConvolutionGeometry Geometry => new() { Input = Input, Output = Output, Window = Layer.Window!, Groups = Spec.Groups };

    /// <summary>How a predictor computes it by Winograd's tiles, where these are faster; null for the direct sum.</summary>
    public WinogradTiling? Winograd { get; init; }

    /// <summary>What of it a trainer computes by Winograd's tiles.</summary>
    public WinogradPasses Passes { get; init; } = WinogradPasses.None;

    /// <inheritdoc/>
    public override bool ReadsScalars => !Geometry.IsDepthwise && !HasInputTiles;

    /// <summary>Whether tiles read the input, whose channels are then in lanes.</summary>
    public bool HasInputTiles => Winograd is not null || Passes.OfInput is not null;

    /// <summary>Whether a predictor spreads the groups' inputs: lanes then hold the channels of both.</summary>
    public bool SpreadsInput { get; init; }

    /// <summary>Groups of which the forward pass reads the first channels side by side, then the second ones; 1 where it reads them in their order.</summary>
    public int InterleavedGroups => SpreadsInput && Input.Channels > Spec.Groups ? Spec.Groups : 1;

    /// <inheritdoc/>
    public override WeightLayout ForwardWeight => Winograd is null ? ForwardGeometry.Weight : WinogradTiling.Weight(Geometry);

    /// <summary>The convolution that runs forward.</summary>
    private ConvolutionGeometry ForwardGeometry => SpreadsInput ? Geometry.Spread() : Geometry;

    /// <summary>What it computes, for the reader.</summary>
    public string Formula => FormulaOf(Epilogue);

    private string FormulaOf(Epilogue epilogue) =>
        $"y[{Formulas.Dimensions(Output)}] = {Formulas.Finished(epilogue, "b + w * x")}, x[{Formulas.Dimensions(Input)}], "
        + $"kernel {Formulas.Dimensions(Layer.Window!.Kernel)}, stride {Formulas.Dimensions(Layer.Window.Stride)}";

    /// <inheritdoc/>
    public override bool SeesNoPadding => Layer.Window!.PaddingBegin.Concat(Layer.Window.PaddingEnd).All(static padding => padding == 0);

    /// <inheritdoc/>
    public override TensorLayout GradientLayout
    {
        get
        {
            if (Passes.InputGradient is { } tiles)
                return TensorLayout.Bordered(Output, tiles.Convolution.Window.PaddingBegin, tiles.BorderEnd);
            (EquatableArray<int> begin, EquatableArray<int> end) = Geometry.GradientBorder();
            return TensorLayout.Bordered(Output, begin, end);
        }
    }

    /// <inheritdoc/>
    public override bool NeedsGradientBorder(BackwardPass pass) => !pass.IsOptional(this);

    /// <inheritdoc/>
    public override InputNeed Need(bool training)
    {
        // The weight's gradient is the sums of all taps, and tiles are whole.
        (EquatableArray<int> begin, EquatableArray<int> end) = Geometry.InputBorder(allTaps: training || Winograd is not null);
        return InputNeed.Border(begin, Winograd?.BorderEnd(Geometry) ?? Passes.OfInput?.BorderEnd ?? end);
    }

    /// <inheritdoc/>
    public override void PlanForward(ForwardPass pass)
    {
        Value x = pass.InputOf(this);
        Value y = pass.Fresh(this);
        if (Winograd is { } tiling)
        {
            PlanWinograd(pass, tiling, x, y);
            return;
        }

        if (Passes.Forward is { } tiles)
        {
            new WinogradSteps(this, pass.Schedule, pass.Places.ForwardWeight(this)).Forward(tiles, x, Residual(pass), y, pass.Places.Bias(this));
            return;
        }

        if (x.Groups != InterleavedGroups)
            x = Regrouped(pass, x);
        if (!SpreadsInput)
            ClearPaddingOfGroups(pass, y);
        (Epilogue fused, Epilogue rest) = Divide(() => [ConvolutionContractions.Forward(ForwardGeometry, x.Layout, y.Layout, Epilogue.None)]);
        PlacedContraction placed = ConvolutionContractions.Forward(
            ForwardGeometry, x.Layout, y.Layout, fused, splits: !pass.Tracing, fused.HasResidual ? Residual(pass)?.Layout : null);
        if (pass.Tracing)
            PlanTraced(pass, placed, FormulaOf(fused), x, y);
        else if (placed.Kernel.Sections.Length > 0)
            pass.Schedule.PerImage(ForwardStep(pass, placed, FormulaOf(fused), x, y));
        if (placed.Last is { } last)
            PlanLastChannels(last, "Forward", pass.Schedule, false, x, (pass.Places.ForwardWeight(this), pass.Places.Bias(this)), y, placed.COffset,
                forward: true);
        PlanRest(pass, rest, y);
    }

    /// <inheritdoc/>
    public override void PlanBackward(BackwardPass pass, Gradient dy)
    {
        bool inputIsOptional = pass.IsOptional(this);
        dy = pass.BeforeResidual(this, dy);
        Value before = pass.BeforeActivation(this, dy, inputIsOptional ? TensorLayout.Plain(Output) : GradientLayout);
        if (IsTrainable && HasBias)
            PlanBias(pass, before);
        if (IsTrainable)
        {
            pass.Flush();
            pass.Defer(() => PlanWeight(pass, before));
        }

        // Tiles run over all images, so that there is no work on each image that could run before the next layer's.
        if (Passes.InputGradient is not null)
            pass.Flush();

        if (inputIsOptional)
        {
            pass.Flush();
            before = before.Layout == GradientLayout ? before : pass.Copied(this, before, GradientLayout, true);
        }

        PlanInput(pass, before, inputIsOptional);
    }

    /// <summary>The input with the first channels of all groups side by side, then the second ones, its border of zeros among the positions.</summary>
    private Value Regrouped(ForwardPass pass, Value x)
    {
        TensorLayout layout = TensorLayout.Bordered(Input, x.Layout.BorderBegin, x.Layout.BorderEnd);
        Value regrouped = new(pass.Schedule.Tensor(Names.Local(Name) + "Groups", layout.Size), layout) { Groups = Spec.Groups };
        KernelCall call = KernelCall.Of(RuntimeKernel.RegroupChannels)
            .In("x", x.Start).Numbers(x.Layout.Pitch).Out("y", regrouped.Start).Numbers(layout.Pitch, layout.RawSize / layout.Pitch)
            .Numbers(Spec.Groups, Input.Channels / Spec.Groups);
        pass.Schedule.PerImage(call.Step(MethodStem + "Regroup", $"the first channels of all {Formulas.Number(Spec.Groups)} groups, then the second ones"));
        return regrouped;
    }

    /// <summary>Workers that do one image together take a strip each, or a group of channels of the lone one.</summary>
    private void PlanWinograd(ForwardPass pass, WinogradTiling tiling, Value x, Value y)
    {
        int inputStep = tiling.PointStep(x.Layout.Pitch);
        int lanes = tiling.Lanes(Geometry);
        Address points = Address.Of(pass.Schedule.Own(Names.Local(Name) + "Points", WinogradForm.Points * inputStep));
        Address products = Address.Of(pass.Schedule.Own(Names.Local(Name) + "Products", WinogradForm.Points * tiling.PointStep(lanes)));
        Address corner = Address.Of(x.Tensor,
            x.Layout.Interior - (Geometry.Window.PaddingBegin[0] * x.Layout.Stride(0)) - (Geometry.Window.PaddingBegin[1] * x.Layout.Stride(1)));
        for (int strip = 0; strip < tiling.Strips; strip++)
        {
            Step evaluate = KernelCall.Of(RuntimeKernel.WinogradInput).In("x", corner).Out("points", points).Argue(MapOf(tiling, x.Layout))
                .Numbers(tiling.First(strip), tiling.Strip, inputStep)
                .Step(MethodStem + "Points" + OfStrip(tiling, strip), $"6x6 neighbours of each tile at the 36 points of Winograd's {tiling.Form.Name}");
            if (tiling.Groups > 1)
                pass.Schedule.PerImageEach(evaluate);
            else
                pass.Schedule.PerImageInTurn(evaluate, strip, tiling.Strips);
            for (int group = 0; group < tiling.Groups; group++)
            {
                (int turn, int turns) = ((strip * tiling.Groups) + group, tiling.Strips * tiling.Groups);
                pass.Schedule.PerImageInTurn(Multiply(pass, tiling, group, points, products), turn, turns);
                pass.Schedule.PerImageInTurn(Interpolate(pass, tiling, (strip, group), products, y), turn, turns);
            }
        }
    }

    /// <summary>The 36 matrix products of a group of output channels.</summary>
    private Step Multiply(ForwardPass pass, WinogradTiling tiling, int group, Address points, Address products)
    {
        int lanes = tiling.Lanes(Geometry);
        string formula = $"m[point, tile, output] = sum over inputs of x[point, tile, input] * w[point, input, output], {Formulas.Number(tiling.Strip)} tiles, "
            + $"36 points, {Formulas.Number(lanes)} outputs";
        Address weight = pass.Places.ForwardWeight(this).Ahead(group * lanes * ForwardWeight.Rows);
        ContractionBody body = ContractionBody.Of(tiling.Products(Geometry), "x", "w", "m").WithWeight("w");
        return new Step(MethodStem + "Products", formula, body, points, weight, products);
    }

    /// <summary>The outputs of a strip and a group of channels.</summary>
    private Step Interpolate(ForwardPass pass, WinogradTiling tiling, (int Strip, int Group) part, Address products, Value y)
    {
        int lanes = tiling.Lanes(Geometry);
        int lane = part.Group * lanes;
        KernelCall call = KernelCall.Of(RuntimeKernel.WinogradOutput).In("m", products).In("b", pass.Places.Bias(this)!.Ahead(lane));
        Value? residual = Residual(pass);
        if (residual is not null)
            call.In(ContractionBody.Residual, residual.Interior.Ahead(lane));
        call.Out("y", y.Interior.Ahead(lane));
        if (residual is not null)
            call.Argue(MapOf(tiling, residual.Layout));
        return call.Argue(MapOf(tiling, y.Layout))
            .Numbers(tiling.First(part.Strip), tiling.Strip, lanes, tiling.PointStep(lanes))
            .Argue(new EpilogueArgument(Epilogue))
            .Step(MethodStem + "Outputs" + OfStrip(tiling, part.Strip),
                $"{tiling.Form.OfTile} outputs of each tile from its 36 points: y[{Formulas.Dimensions(Output)}] = {Formulas.Finished(Epilogue, "b + w * x")}");
    }

    private static string OfStrip(WinogradTiling tiling, int strip) => tiling.Strips > 1 ? "OfStrip" + Formulas.Number(strip) : string.Empty;

    private WinogradMapArgument MapOf(WinogradTiling tiling, TensorLayout layout) =>
        new(Output.Axes[0], Output.Axes[1], layout.Pitch, layout.Stride(0), 0, tiling.Form.Outputs);

    /// <summary>The gradient of the input, to which short sums add what other readers of the input contributed before.</summary>
    private void PlanInput(BackwardPass pass, Value dy, bool optional)
    {
        Value dx = pass.Fresh(this);
        if (Passes.InputGradient is { } tiles)
        {
            new WinogradSteps(this, pass.Schedule, pass.Places.Weight(this)).InputGradient(tiles, dy, dx, optional);
            pass.Contribute(this, 0, dx);
            return;
        }

        if (Geometry.Weight.Groups > 1)
            pass.ClearPadding(MethodStem, dx, optional);
        PlacedContraction[] phases = [.. ConvolutionContractions.InputGradient(Geometry, dy.Layout, dx.Layout, StartValue.Zero, Epilogue.None)];
        Value? others = AddsOthers(phases) ? pass.SumSoFar(this) : null;
        if (others is not null)
            phases = [.. ConvolutionContractions.InputGradient(Geometry, dy.Layout, dx.Layout, StartValue.Zero, Epilogue.Sum, residual: others.Layout)];
        foreach ((PlacedContraction phase, string suffix) in Phases("InputGradient", phases))
            PlanPhase(pass, phase, suffix, (dy, others, dx), optional);
        pass.Contribute(this, dx, others);
    }

    /// <summary>A pass over the map would weigh nothing beside long sums, and it needs no kernel of its own.</summary>
    private bool AddsOthers(PlacedContraction[] phases) =>
        Weight.Size / Input.Channels < LongSum && phases.All(static phase => phase.Last is null && !phase.Kernel.KeepsNeighbours);

    private void PlanPhase(BackwardPass pass, PlacedContraction phase, string suffix, (Value Dy, Value? Others, Value Dx) maps, bool optional)
    {
        Address weight = Geometry.IsDepthwise ? pass.Places.Weight(this) : pass.Places.Transposed(this, Geometry.TransposedWeight, false, 0, optional);
        if (phase.Last is { } last)
            PlanLastChannels(last, suffix, pass.Schedule, optional, maps.Dy, (weight, null), maps.Dx, phase.COffset);
        if (phase.Kernel.Sections.Length == 0)
            return;
        string gradient = Formulas.Finished(phase.Kernel.Epilogue, $"w, transposed, * dy[{Formulas.Dimensions(Output)}]");
        Address[] residual = maps.Others is null ? [] : [Address.Of(maps.Others.Tensor, phase.ResidualOffset)];
        Step step = new(
            MethodStem + suffix,
            $"dx[{Formulas.Dimensions(Input)}] = {gradient}{Residue}",
            ContractionBody.Of(phase.Kernel, "dy", "w", "dx"),
            [Address.Of(maps.Dy.Tensor, phase.AOffset), weight, .. residual, Address.Of(maps.Dx.Tensor, phase.COffset)]);
        pass.Schedule.PerImage(step, optional);
    }

    private void PlanWeight(BackwardPass pass, Value dy)
    {
        Value x = pass.Forward.InputOf(this);
        if (Passes.WeightGradient is { } tiles)
        {
            new WinogradSteps(this, pass.Schedule, pass.Places.Weight(this)).WeightGradient(tiles, x, dy, pass.Places.Gradient(this, "weight"));
            return;
        }

        PlacedContraction placed = ConvolutionContractions.WeightGradient(Geometry, x.Layout, dy.Layout, masksPadding: false);
        PlanWeight(pass, placed, ("x", x), ("dy", dy));
    }
}

internal sealed class ConvNodeFactory : NodeFactory<ConvSpec>
{
    public override Node Make(NodeSite site) => new ConvNode { Layer = site.Layer, Inputs = site.Inputs, Input = site.Input, Output = site.Output };
}
