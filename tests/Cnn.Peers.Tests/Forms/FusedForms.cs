using static Cnn.Onnx.Tests.Support.Models;

namespace Cnn.Peers.Tests.Forms;

/// <summary>What ONNX Runtime's optimiser writes where it saves a model.</summary>
internal static class FusedForms
{
    public static IReadOnlyList<ModelForm> All => [Activations(), Sum(), Matrices(), Gelus()];

    private static ModelForm Activations()
    {
        ModelForm form = new("FusedActivations", 13, 1, 3, 4, 5);
        (string Name, float[] Numbers)[] activations =
            [("Relu", []), ("LeakyRelu", [0.1f]), ("Clip", [-0.5f, 0.5f]), ("Sigmoid", []), ("HardSigmoid", [0.3f, 0.4f]), ("Tanh", []), ("Clip", [0, 6])];
        return form.Outputs([.. activations.Select(activation => form.AddFused(
            "FusedConv", ["x", form.Reals(4, 3, 3, 3), form.Reals([4])], Integers("pads", 1, 1, 1, 1), Text("activation", activation.Name),
            new() { Name = "activation_params", Type = global::Onnx.AttributeProto.Types.AttributeType.Floats, Floats = { activation.Numbers } }))]);
    }

    /// <summary>A residual sum between the convolution and its activation.</summary>
    private static ModelForm Sum()
    {
        ModelForm form = new("FusedSum", 13, 1, 4, 4, 5);
        return form.Outputs(form.AddFused("FusedConv", ["x", form.Reals(4, 4, 1, 1), form.Reals([4]), "x"], Text("activation", "Relu")));
    }

    private static ModelForm Matrices()
    {
        ModelForm form = new("FusedMatrices", 13, 1, 6);
        string product = form.AddFused("FusedMatMul", ["x", form.Reals(5, 6)], Integer("transB", 1), Real("alpha", 0.5f));
        string leaky = form.AddFused(
            "FusedGemm", [product, form.Reals(5, 4), form.Reals([4])], Text("activation", "LeakyRelu"), Real("activation_alpha", 0.2f), Real("alpha", 2));
        return form.Outputs(product, leaky);
    }

    private static ModelForm Gelus()
    {
        ModelForm form = new("FusedGelus", 13, 1, 6);
        return form.Outputs(
            form.AddFused("Gelu", ["x"]), form.AddFused("BiasGelu", ["x", form.Reals([6])]), form.AddFused("FastGelu", ["x", form.Reals([6])]),
            form.AddFused("FastGelu", ["x"]), form.AddFused("QuickGelu", ["x"], Real("alpha", 1.5f)));
    }
}
