namespace Cnn.Tool.Importing.Onnx;

/// <summary>Operators that no layer will ever be, by what they are.</summary>
internal static class KnownOperators
{
    private const string Decoding = "it is decoding behind the network, which makes as many results as it finds; do it in the program";
    private const string Recurrent = "it is a recurrent layer, which keeps a state from step to step, and a network is feed-forward";
    private const string ControlFlow = "it is control flow, which decides what is computed while the network runs";
    private const string Attention = "it is attention, which multiplies computed tensors with each other, and no layer does this";
    private const string Quantized = "it computes with quantised numbers; export the model in float, and let the predictor's options store weights in fewer "
        + "bits";
    private const string Layout = "it is a form that ONNX Runtime's optimiser makes for one kind of machine; export the model anew, or save it with basic "
        + "optimisations only";
    private const string Training = "it belongs to training";

    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["LSTM"] = Recurrent,
        ["GRU"] = Recurrent,
        ["RNN"] = Recurrent,
        ["DynamicQuantizeLSTM"] = Recurrent,
        ["AttnLSTM"] = Recurrent,
        ["If"] = ControlFlow,
        ["Loop"] = ControlFlow,
        ["Scan"] = ControlFlow,
        ["SequenceMap"] = ControlFlow,
        ["SequenceAt"] = ControlFlow,
        ["Attention"] = Attention,
        ["MultiHeadAttention"] = Attention,
        ["GroupQueryAttention"] = Attention,
        ["QAttention"] = Attention,
        ["PackedAttention"] = Attention,
        ["PackedMultiHeadAttention"] = Attention,
        ["RotaryEmbedding"] = Attention,
        ["DecoderAttention"] = Attention,
        ["NonMaxSuppression"] = Decoding,
        ["NonZero"] = Decoding,
        ["TopK"] = Decoding,
        ["Unique"] = Decoding,
        ["Compress"] = Decoding,
        ["EfficientNMS_TRT"] = Decoding,
        ["BatchedNMS_TRT"] = Decoding,
        ["NmsTRT"] = Decoding,
        ["RoiAlign"] = Decoding,
        ["MaxRoiPool"] = Decoding,
        ["QLinearConv"] = Quantized,
        ["ConvInteger"] = Quantized,
        ["MatMulInteger"] = Quantized,
        ["QLinearMatMul"] = Quantized,
        ["QGemm"] = Quantized,
        ["QuantizeLinear"] = Quantized,
        ["DequantizeLinear"] = Quantized,
        ["DynamicQuantizeLinear"] = Quantized,
        ["QLinearAdd"] = Quantized,
        ["QLinearMul"] = Quantized,
        ["QLinearConcat"] = Quantized,
        ["QLinearGlobalAveragePool"] = Quantized,
        ["QLinearSigmoid"] = Quantized,
        ["QLinearLeakyRelu"] = Quantized,
        ["QLinearAveragePool"] = Quantized,
        ["QLinearSoftmax"] = Quantized,
        ["MatMulNBits"] = Quantized,
        ["NhwcFusedConv"] = Layout,
        ["NhwcMaxPool"] = Layout,
        ["ReorderInput"] = Layout,
        ["ReorderOutput"] = Layout,
        ["RandomNormal"] = Training,
        ["RandomUniform"] = Training,
        ["RandomNormalLike"] = Training,
        ["RandomUniformLike"] = Training,
        ["Multinomial"] = Training,
    };

    /// <summary>Why an operator is none that layers do, or null for one of which nothing is known.</summary>
    public static string? Reason(string name) => Kinds.GetValueOrDefault(name);

    /// <summary>Whether what comes before it can be a network of its own.</summary>
    public static bool EndsNetwork(string name) => Kinds.GetValueOrDefault(name) is Decoding or Recurrent or ControlFlow or Attention;
}
