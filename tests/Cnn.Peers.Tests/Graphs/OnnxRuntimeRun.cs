using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Onnx;

namespace Cnn.Peers.Tests.Graphs;

/// <summary>A model in ONNX Runtime, node by node as it is written: nothing is fused or folded.</summary>
internal sealed class OnnxRuntimeRun : IDisposable
{
    private readonly InferenceSession _session;
    private readonly string _output;

    /// <exception cref="OnnxRuntimeException">ONNX Runtime does not take the model.</exception>
    public OnnxRuntimeRun(ModelProto model)
    {
        using SessionOptions options = new()
        {
            IntraOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        _session = new InferenceSession(model.ToByteArray(), options);
        _output = model.Graph.Output[0].Name;
    }

    /// <summary>Null where ONNX Runtime does not take the model.</summary>
    public static OnnxRuntimeRun? TryLoad(ModelProto model)
    {
        try
        {
            return new OnnxRuntimeRun(model);
        }
        catch (OnnxRuntimeException)
        {
            return null;
        }
    }

    /// <summary>The shape and the elements of the output; null where ONNX Runtime cannot compute it, or where it is no tensor of floats.</summary>
    public (long[] Shape, float[] Numbers)? TryRun(params IEnumerable<(string Name, long[] Shape, float[] Numbers)> inputs)
    {
        try
        {
            return Run(inputs);
        }
        catch (OnnxRuntimeException)
        {
            return null;
        }
    }

    /// <inheritdoc cref="TryRun"/>
    /// <exception cref="OnnxRuntimeException">It cannot be computed.</exception>
    public (long[] Shape, float[] Numbers)? Run(params IEnumerable<(string Name, long[] Shape, float[] Numbers)> inputs)
    {
        (string Name, long[] Shape, float[] Numbers)[] given = [.. inputs];
        OrtValue[] values = [.. given.Select(input => OrtValue.CreateTensorValueFromMemory(input.Numbers, input.Shape))];
        using RunOptions options = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        try
        {
            using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(options, [.. given.Select(input => input.Name)], values, [_output]);
            OrtTensorTypeAndShapeInfo info = outputs[0].GetTensorTypeAndShape();
            return info.ElementDataType == TensorElementType.Float ? (info.Shape, outputs[0].GetTensorDataAsSpan<float>().ToArray()) : null;
        }
        finally
        {
            foreach (OrtValue value in values)
                value.Dispose();
        }
    }

    /// <summary>The elements of all outputs, one after the other.</summary>
    /// <param name="inputs">In the order of the model's.</param>
    public float[] RunAll(params IEnumerable<(long[] Shape, float[] Numbers)> inputs)
    {
        OrtValue[] values = [.. inputs.Select(input => OrtValue.CreateTensorValueFromMemory(input.Numbers, input.Shape))];
        using RunOptions options = new();
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(options, _session.InputNames, values, _session.OutputNames);
        return [.. outputs.SelectMany(output => output.GetTensorDataAsSpan<float>().ToArray())];
    }

    /// <summary>The elements of all outputs, one after the other, for a lone input of bytes.</summary>
    public float[] RunBytes(long[] shape, byte[] bytes)
    {
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(bytes, shape);
        using RunOptions options = new();
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(options, _session.InputNames, [value], _session.OutputNames);
        return [.. outputs.SelectMany(output => output.GetTensorDataAsSpan<float>().ToArray())];
    }

    public void Dispose() => _session.Dispose();
}
