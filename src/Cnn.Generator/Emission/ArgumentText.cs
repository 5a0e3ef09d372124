using System.Globalization;
using Cnn.Generator.Collections;
using Cnn.Generator.Model;

namespace Cnn.Generator.Emission;

/// <summary>A layer's arguments as the text of LayerSummary.Arguments: everything resolved, so that a reader knows no defaults.</summary>
internal static class ArgumentText
{
    public static string Of(ShapedLayer layer)
    {
        IEnumerable<string> arguments = layer.Spec switch
        {
            ConvSpec conv => [.. Window(layer.Window!), Number("groups", conv.Groups)],
            PoolSpec pool => [.. Window(layer.Window!), Flag("ceil", pool.CeilMode), .. pool.Pool == PoolKind.Average ? [Flag("countIncludePad", pool.CountIncludePad)] : (string[])[]],
            ConvTransposeSpec conv => [.. Window(layer.Window!), Number("groups", conv.Groups), Numbers("outputPadding", OutputPadding(layer))],
            PadSpec pad => [Numbers("padding", [.. layer.Window!.PaddingBegin, .. layer.Window.PaddingEnd]), $"mode={pad.Mode}", Number("value", pad.Value)],
            UpsampleSpec upsample => [Number("scale", upsample.Scale), $"mode={upsample.Mode}"],
            GroupNormSpec norm => [Number("groups", norm.Groups), Number("epsilon", norm.Epsilon)],
            ImageNormSpec norm => [Number("epsilon", norm.Epsilon)],
            LocalResponseNormSpec norm => [Number("size", norm.Size), Number("alpha", norm.Alpha), Number("beta", norm.Beta), Number("k", norm.K)],
            NormalizeSpec normalize => [Numbers("mean", normalize.Mean), Numbers("deviation", normalize.Deviation)],
            BatchNormSpec norm => [Number("epsilon", norm.Epsilon), Number("momentum", norm.Momentum)],
            DropoutSpec dropout => [Number("probability", dropout.Probability)],
            ActivationSpec activation => Activation(activation),
            _ => [],
        };
        return string.Join(" ", arguments);
    }

    private static IEnumerable<string> Window(WindowShape window) =>
    [
        Numbers("kernel", window.Kernel),
        Numbers("stride", window.Stride),
        Numbers("padding", [.. window.PaddingBegin, .. window.PaddingEnd]),
        Numbers("dilation", window.Dilation),
    ];

    private static IEnumerable<string> Activation(ActivationSpec activation) =>
    [
        .. activation.Definition.Flag is { } flag ? [Flag(flag.LowerName, flag.Value)] : (string[])[],
        .. activation.Definition.Numbers.Select((number, index) => Number(number.LowerName, activation.Numbers[index])),
    ];

    /// <summary>What the output has more than (length - 1) stride - padding + dilation (kernel - 1) + 1.</summary>
    private static EquatableArray<int> OutputPadding(ShapedLayer layer)
    {
        WindowShape window = layer.Window!;
        return layer.OutputShape.Axes.Select((length, axis) =>
            length + window.PaddingBegin[axis] + window.PaddingEnd[axis] - 1
            - ((layer.InputShape.Axes[axis] - 1) * window.Stride[axis]) - (window.Dilation[axis] * (window.Kernel[axis] - 1))).ToEquatableArray();
    }

    private static string Flag(string name, bool value) => $"{name}={(value ? "1" : "0")}";

    private static string Number(string name, int value) => $"{name}={Text(value)}";

    private static string Number(string name, float value) => $"{name}={Text(value)}";

    private static string Numbers(string name, EquatableArray<int> values) => $"{name}={string.Join(",", values.Select(Text))}";

    private static string Numbers(string name, EquatableArray<float> values) => $"{name}={string.Join(",", values.Select(Text))}";

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    // Nine digits give a float back exactly; an infinity is spelled as double.Parse reads it in the invariant culture.
    private static string Text(float value) => value.ToString("G9", CultureInfo.InvariantCulture);
}
