using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Peers.Tests.Forms;

/// <summary>What exporters spell out: norms, spectra, decoders; and arithmetic of tensors.</summary>
internal static class SpelledForms
{
    public static IReadOnlyList<ModelForm> All =>
        [InstanceNorm(), NormOfEverything(), ChannelNorm(), Spectrum(), Limits(), Arithmetic(), WidePRelu(), Affine()];

    /// <summary>As early PyTorch wrote it, with a tiny number in one factor of the square.</summary>
    private static ModelForm InstanceNorm()
    {
        ModelForm form = new("InstanceNormSpelled", 9, 1, 3, 4, 5);
        string map = form.Conv("x", 3, 4);
        string Mean(string value) => form.Add("ReduceMean", [form.Reshape(value, 1, 4, 1, -1)], Integers("axes", 3));
        string centred = form.Add("Sub", [map, Mean(map)]);
        string square = form.Add("Mul", [centred, form.Add("Add", [centred, form.Reals([], 1e-9f)])]);
        string deviation = form.Add("Sqrt", [form.Add("Add", [Mean(square), form.Reals([], 1e-3f)])]);
        string scaled = form.Add("Mul", [form.Add("Div", [centred, deviation]), form.Reals(1, 4, 1, 1)]);
        return form.Outputs(form.Add("Relu", [form.Add("Add", [scaled, form.Reals(1, 4, 1, 1)])]));
    }

    /// <summary>As Keras writes LayerNormalization over everything, the batch of one image included.</summary>
    private static ModelForm NormOfEverything()
    {
        ModelForm form = new("NormOfEverything", 12, 1, 4, 5, 3);
        string Mean(string value) => form.Add("ReduceMean", [value], Integers("axes", 0, 1, 2, 3));
        string map = form.Conv(form.Transpose("x", 0, 3, 1, 2), 3, 4);
        string centred = form.Add("Sub", [map, form.Reshape(Mean(form.Transpose(map, 0, 2, 3, 1)), 1, 1, 1, 1)]);
        string last = form.Transpose(centred, 0, 2, 3, 1);
        string deviation = form.Add("Sqrt", [form.Add("Add", [Mean(form.Add("Mul", [last, last])), form.Reals([], 1e-3f)])]);
        string scaled = form.Add("Mul", [form.Add("Div", [last, deviation]), form.Reals(1, 1, 1, 4)]);
        return form.Outputs(form.Add("Add", [scaled, form.Reals(1, 1, 1, 4)]));
    }

    /// <summary>ConvNeXt: over the channels of each position, in the operator and spelled out.</summary>
    private static ModelForm ChannelNorm()
    {
        ModelForm form = new("ChannelNorm", 17, 1, 3, 4, 5);
        string last = form.Transpose(form.Conv("x", 3, 6), 0, 2, 3, 1);
        string normed = form.Add("LayerNormalization", [last, form.Reals([6]), form.Reals([6])], Integer("axis", -1));
        string expanded = form.Add("MatMul", [normed, form.Reals(6, 8)]);
        return form.Outputs(form.Transpose(expanded, 0, 3, 1, 2));
    }

    /// <summary>A mel spectrogram: a convolution for each part, squares, a matrix, decibels, and a floor below the largest.</summary>
    private static ModelForm Spectrum()
    {
        ModelForm form = new("Spectrum", 13, 1, 64);
        string wave = form.Add("Unsqueeze", ["x", form.List(1)]);
        string Part() => form.Add("Pow", [form.Transpose(form.Add("Unsqueeze",
            [form.Add("Conv", [wave, form.Reals(9, 1, 16)], Integers("strides", 8)), form.List(1)]), 0, 1, 3, 2), form.Reals([], 2)]);
        string mel = form.Add("MatMul",
            [form.Add("Add", [Part(), Part()]), form.Reals([9, 5], [.. Enumerable.Range(1, 45).Select(static index => index / 45f)])]);
        string decibels = form.Add("Mul", [form.Add("Log", [form.Add("Clip", [mel, form.Reals([], 1e-10f)])]), form.Reals([], 4.3429f)]);
        string floor = form.Add("Sub", [form.Add("ReduceMax", [decibels], Integer("keepdims", 0)), form.Reals([], 8)]);
        return form.Outputs(form.Add("Clip", [decibels, floor]));
    }

    /// <summary>Limits that differ from channel to channel, and those that are computed.</summary>
    private static ModelForm Limits()
    {
        ModelForm form = new("Limits", 13, 1, 3, 4, 5);
        string other = form.Conv("x", 3, 3);
        return form.Outputs(
            form.Add("Max", ["x", form.Reals(1, 3, 1, 1)]), form.Add("Min", ["x", form.Reals(3, 1, 1)]), form.Add("Max", ["x", other, form.Reals([], 0.1f)]),
            form.Add("Min", [other, "x"]));
    }

    /// <summary>1 - x, 1 / x, x / y, x - y, powers, and tensors that are broadcast either way.</summary>
    private static ModelForm Arithmetic()
    {
        ModelForm form = new("Arithmetic", 13, 1, 3, 4, 5) { Largest = 4 };
        string gate = form.Add("Sigmoid", [form.Conv("x", 3, 3)]);
        string rest = form.Add("Sub", [form.Reals([], 1), gate]);
        string small = form.Add("Sigmoid", [form.Add("ReduceMean", ["x"], Integers("axes", 1))]);
        return form.Outputs(
            form.Add("Div", ["x", gate]), form.Add("Mul", [form.Add("Pow", [rest, form.Reals([1, 1, 1, 1], -1)]), "x"]),
                form.Add("Div", [form.Reals([], 2), gate]),
            form.Add("Sub", [form.Add("GlobalAveragePool", ["x"]), gate]), form.Add("Add", [small, form.Add("GlobalMaxPool", [gate])]),
            form.Add("Sqrt", [form.Add("Abs", ["x"])]));
    }

    /// <summary>ReLU(x) - a ReLU(-x), as Keras writes PReLU.</summary>
    private static ModelForm WidePRelu()
    {
        ModelForm form = new("WidePRelu", 12, 1, 8);
        string negative = form.Add("Relu", [form.Add("Neg", ["x"])]);
        string scaled = form.Add("Mul", [form.Add("Reshape", [negative, form.List(1, -1, 1)]), form.Reals([1, 1], -0.25f)]);
        return form.Outputs(form.Add("Add", [form.Add("Relu", ["x"]), form.Reshape(scaled, 1, -1)]));
    }

    /// <summary>Constants that vary over positions, over channels, and over both, one behind the other.</summary>
    private static ModelForm Affine()
    {
        ModelForm form = new("AffineOfPositions", 13, 1, 3, 4, 5);
        string scaled = form.Add("Mul", [form.Add("Relu", ["x"]), form.Reals(4, 5)]);
        string shifted = form.Add("Sub", [form.Reals(1, 3, 1, 1), form.Add("Add", [scaled, form.Reals(1, 3, 4, 1)])]);
        return form.Outputs(form.Add("Div", [shifted, form.Reals([1, 1, 1, 5], 1, 2, -3, 4, 5)]), form.Add("Relu", [form.Add("Add", ["x", form.Reals(4, 1)])]));
    }
}
