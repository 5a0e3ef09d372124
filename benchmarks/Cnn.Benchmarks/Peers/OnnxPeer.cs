using Microsoft.ML.OnnxRuntime;

namespace Cnn.Benchmarks.Peers;

/// <summary>ONNX Runtime on the same network with the same weights, through its fastest way in: values bound to memory once.</summary>
internal sealed class OnnxPeer : IPeer
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly OrtValue[] _inputs;
    private readonly OrtValue[] _outputs;
    private readonly float[] _results;

    public OnnxPeer(INetwork network, float[] inputs, int batch, int threads)
    {
        using MemoryStream model = new();
        network.SaveOnnx(model);
        using SessionOptions options = new()
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        _session = new InferenceSession(model.ToArray(), options);
        long[] shape = [batch, .. network.Summary.InputShape.ToArray().Select(static axis => (long)axis)];
        _inputs = [OrtValue.CreateTensorValueFromMemory(inputs, shape)];
        _results = new float[batch * network.OutputLength];
        _outputs = [OrtValue.CreateTensorValueFromMemory(_results, [batch, network.OutputLength])];
    }

    public void Run() => _session.Run(_options, _session.InputNames, _inputs, _session.OutputNames, _outputs);

    public ReadOnlySpan<float> Results => _results;

    public void Dispose()
    {
        _inputs[0].Dispose();
        _outputs[0].Dispose();
        _options.Dispose();
        _session.Dispose();
    }
}
