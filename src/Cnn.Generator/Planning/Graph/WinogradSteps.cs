using Cnn.Generator.Collections;

namespace Cnn.Generator.Planning;

/// <summary>
/// Schedules what a trainer's convolution does by Winograd's tiles. The weights change at every step, so that their points are a part of the pass.
/// </summary>
/// <param name="node">The convolution.</param>
/// <param name="schedule">Receives the calls.</param>
/// <param name="weight">The packed weight.</param>
internal sealed class WinogradSteps(ConvNode node, ScheduleBuilder schedule, Address weight)
{
    /// <summary>Outputs whose kernels the runtime turns at once.</summary>
    private const int OutputsOfUnit = 8;

    private readonly ConvolutionGeometry _conv = node.Geometry;

    private string Name => Names.Local(node.Name);

    /// <summary>The output.</summary>
    public void Forward(WinogradBatch batch, Value x, Value? residual, Value y, Address? bias)
    {
        Address points = Address.Of(schedule.Passing(Name + "WeightPoints", batch.Weight.Size));
        schedule.Batch(KernelCall.Of(RuntimeKernel.WinogradWeight).In("w", weight).Out("points", points).Argue(new PackingArgument(_conv.Weight))
            .Units(_conv.Weight.Inputs)
            .Step(node.MethodStem + "WeightPoints", $"the {batch.Form.OfKernel} kernels at the 36 points of Winograd's {batch.Form.Name}"));
        string formula = $"y[{Formulas.Dimensions(node.Output)}] = {Formulas.Finished(node.Epilogue, node.HasBias ? "b + w * x" : "w * x")}, "
            + $"x[{Formulas.Dimensions(node.Input)}]";
        Convolve(batch, "Forward", formula, (x, residual, y), (points, bias), node.Epilogue, optional: false);
    }

    /// <summary>The input's gradient.</summary>
    public void InputGradient(WinogradBatch batch, Value dy, Value dx, bool optional)
    {
        Address points = Address.Of(schedule.Passing(Name + "TurnedWeightPoints", batch.Weight.Size));
        schedule.Batch(
            KernelCall.Of(RuntimeKernel.WinogradTurnedWeight).In("w", weight).Out("points", points).Argue(new PackingArgument(_conv.Weight))
                .Argue(new PackingArgument(batch.Weight)).Units((_conv.Output.Channels + OutputsOfUnit - 1) / OutputsOfUnit)
                .Step(node.MethodStem + "TurnedWeightPoints",
                    $"the {batch.Form.OfKernel} kernels, turned by half a turn, inputs and outputs exchanged, at the 36 points"),
            optional);
        string formula = $"dx[{Formulas.Dimensions(node.Input)}] = w, turned, * dy[{Formulas.Dimensions(node.Output)}]";
        Convolve(batch, "InputGradient", formula, (dy, null, dx), (points, null), Epilogue.None, optional);
    }

    /// <summary>The weight's gradient.</summary>
    public void WeightGradient(WinogradBatch batch, Value x, Value dy, Address gradient)
    {
        Address sums = Address.Of(schedule.Passing(Name + "PointSums", batch.Weight.Size));
        (int inputs, int outputs) = (_conv.Input.Channels, _conv.Output.Channels);
        Address points = Address.Of(schedule.Own(Name + "InputPoints", WinogradForm.AxisPoints * batch.GradientPointStep(inputs)));
        Address gradients = Address.Of(schedule.Own(Name + "GradientPoints", WinogradForm.AxisPoints * batch.GradientPointStep(outputs)));
        WinogradGradientBody body = new()
        {
            Batch = batch,
            InputMap = MapOf(batch, x.Layout),
            GradientMap = MapOf(batch, dy.Layout),
        };
        string name = node.MethodStem + "PointSums";
        int groups = batch.Chunks > 1 ? 1 : GradientGroups.Of(batch.GradientUnits, batch.Weight.Size);
        int stride = GradientGroups.Stride(batch.Weight.Size);
        Address sumsOfGroups = groups == 1 ? sums : Address.Of(schedule.Passing(Names.Local(name) + "Groups", groups * stride));
        Step step = new(
            name,
            $"sums[point, i, o] = sum over images and tiles of x[{Formulas.Dimensions(node.Input)}] and dy[{Formulas.Dimensions(node.Output)}] at each of "
                + "36 points",
            body, Corner(batch, x), dy.Interior, sumsOfGroups, points, gradients);
        schedule.Batch(step, groups: groups, groupStride: stride);
        if (groups > 1)
            schedule.Batch(GradientGroups.Sum(name + "Sum", sumsOfGroups, groups, batch.Weight.Size, sums));
        schedule.Batch(KernelCall.Of(RuntimeKernel.WinogradGradient).In("sums", sums).Out("dw", gradient).Argue(new PackingArgument(_conv.Weight))
            .Units(inputs).Step(node.MethodStem + "WeightGradient", $"dw = the gradients of the {batch.Form.OfKernel} kernels, from those of their 36 points"));
    }

    private void Convolve(
        WinogradBatch batch, string suffix, string formula, (Value X, Value? Residual, Value Y) maps, (Address Points, Address? Bias) weights,
        Epilogue epilogue, bool optional)
    {
        ConvolutionGeometry conv = batch.Convolution;
        Address points = Address.Of(schedule.Own(Name + suffix + "Points", WinogradForm.Points * batch.PointStep(conv.Input.Channels)));
        Address products = Address.Of(schedule.Own(Name + suffix + "Products", WinogradForm.Points * batch.PointStep(conv.Output.Channels)));
        WinogradBody body = new()
        {
            Batch = batch,
            InputMap = MapOf(batch, maps.X.Layout),
            ResidualMap = maps.Residual is null ? null : MapOf(batch, maps.Residual.Layout),
            OutputMap = MapOf(batch, maps.Y.Layout),
            Epilogue = epilogue,
            HasBias = weights.Bias is not null,
        };
        Address[] bias = weights.Bias is null ? [] : [weights.Bias];
        Address[] residual = maps.Residual is null ? [] : [maps.Residual.Interior];
        schedule.Batch(
            new Step(node.MethodStem + suffix, $"{formula}, by tiles of {batch.Form.OfTile}", body,
                [Corner(batch, maps.X), weights.Points, .. bias, .. residual, maps.Y.Interior, points, products]),
            optional);
    }

    /// <summary>Under the first tap of the first tile.</summary>
    private static Address Corner(WinogradBatch batch, Value x)
    {
        EquatableArray<int> padding = batch.Convolution.Window.PaddingBegin;
        return x.Interior.Ahead(-(padding[0] * x.Layout.Stride(0)) - (padding[1] * x.Layout.Stride(1)));
    }

    private static WinogradMapArgument MapOf(WinogradBatch batch, TensorLayout layout) =>
        new(batch.Convolution.Output.Axes[0], batch.Convolution.Output.Axes[1], layout.Pitch, layout.Stride(0), layout.Size, batch.Form.Outputs);
}
