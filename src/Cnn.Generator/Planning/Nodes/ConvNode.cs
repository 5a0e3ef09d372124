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

    /// <summary>How a predictor computes it by Winograd's tiles, where these are faster; null for the direct sum.</summary>
    public WinogradTiling? Winograd { get; init; }

    /// <inheritdoc/>
    public override WeightLayout ForwardWeight => Winograd is null ? Weight : WinogradTiling.Weight(Geometry);

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
        return InputNeed.Border(begin, Winograd?.BorderEnd(Geometry) ?? end);
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

    /// <summary>Workers that do one image together take a strip each, or a group of channels of the lone one.</summary>
    private void PlanWinograd(ForwardPass pass, WinogradTiling tiling, Value x, Value y)
    {
        int inputStep = tiling.PointStep(x.Layout.Pitch);
        int lanes = tiling.Lanes(Geometry);
        int points = pass.Schedule.Own(Names.Local(Name) + "Points", WinogradTiling.Points * inputStep);
        int products = pass.Schedule.Own(Names.Local(Name) + "Products", WinogradTiling.Points * tiling.PointStep(lanes));
        Operand corner = ScheduleBuilder.At(x.Tensor, x.Layout.Interior - (Geometry.Window.PaddingBegin[0] * x.Layout.Stride(0)) - (Geometry.Window.PaddingBegin[1] * x.Layout.Stride(1)));
        string multiply = pass.Methods.Add(
            MethodStem + "Products",
            $"m[point, tile, output] = sum over inputs of x[point, tile, input] * w[point, input, output], {Rows.Number(tiling.Strip)} tiles, 36 points, {Rows.Number(lanes)} outputs",
            new ContractionBody { Contraction = tiling.Products(Geometry), Names = ["x", "w", "m"] });
        for (int strip = 0; strip < tiling.Strips; strip++)
        {
            string tiles = $"{Rows.Number(tiling.First(strip))}, {Rows.Number(tiling.Strip)}";
            string evaluate = pass.Methods.Add(
                MethodStem + "Points",
                "6x6 neighbours of each tile at the 36 points of Winograd's F(4x4, 3x3)",
                Rows.Single($"_run::Winograd.TransformInput(ref {{x}}, ref {{points}}, {MapOf(x.Layout)}, {tiles}, {Rows.Number(inputStep)});", ["x", "points"]));
            if (tiling.Groups > 1)
                pass.Schedule.PerImageEach(evaluate, corner, ScheduleBuilder.At(points));
            else
                pass.Schedule.PerImageInTurn(evaluate, strip, tiling.Strips, isWhole: false, corner, ScheduleBuilder.At(points));
            string interpolate = pass.Methods.Add(
                MethodStem + "Outputs",
                $"4x4 outputs of each tile from its 36 points: y[{Formulas.Dimensions(Output)}] = {Formulas.ActivationOf(this, "b + w * x")}",
                Rows.Single($"_run::Winograd.TransformOutput(ref {{m}}, ref {{b}}, ref {{y}}, {MapOf(y.Layout)}, {tiles}, {Rows.Number(lanes)}, {Rows.Number(tiling.PointStep(lanes))}, {Activation});", ["m", "b", "y"]));
            for (int group = 0; group < tiling.Groups; group++)
            {
                (int turn, int turns) = ((strip * tiling.Groups) + group, tiling.Strips * tiling.Groups);
                int lane = group * lanes;
                pass.Schedule.PerImageInTurn(
                    multiply, turn, turns, isWhole: true, ScheduleBuilder.At(points), pass.Places.ForwardWeight(this) with { Skipped = lane * ForwardWeight.Rows }, ScheduleBuilder.At(products));
                pass.Schedule.PerImageInTurn(
                    interpolate, turn, turns, isWhole: false, ScheduleBuilder.At(products), pass.Places.Bias(this)! with { Skipped = lane }, y.Interior with { Offset = y.Layout.Interior + lane });
            }
        }
    }

    private string MapOf(TensorLayout layout) =>
        $"new _run::WinogradMap({Rows.Number(Output.Axes[0])}, {Rows.Number(Output.Axes[1])}, {Rows.Number(layout.Pitch)}, {Rows.Number(layout.Stride(0))})";

    private string Activation => $"new _run::WinogradActivation({Activations.Literal(Epilogue.Low)}, {Activations.Literal(Epilogue.High)}, {Activations.Literal(Epilogue.Slope)})";

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
