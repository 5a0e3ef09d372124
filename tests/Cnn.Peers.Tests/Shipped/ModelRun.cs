using Cnn.Tool.Importing.Onnx;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Onnx;
using static Onnx.TensorProto.Types;

namespace Cnn.Peers.Tests.Shipped;

/// <summary>A model of any number of inputs and outputs in ONNX Runtime, on one thread.</summary>
internal sealed class ModelRun : IDisposable
{
    private readonly InferenceSession _session;
    private readonly (string Name, long[] Shape, DataType Type)[] _inputs;
    private readonly string[] _outputs;

    /// <param name="model">The model; where it does not say its operators' version, it gets the one that the importer takes it for.</param>
    /// <param name="shapes">Of inputs whose axes are open.</param>
    /// <param name="isOptimized">Whether ONNX Runtime may change the graph.</param>
    public ModelRun(ModelProto model, Dictionary<string, long[]> shapes, bool isOptimized)
    {
        if (model.OpsetImport.Count == 0)
            model.OpsetImport.Add(new OperatorSetIdProto { Version = OperatorSets.Of(model) });
        using SessionOptions options = new()
        {
            IntraOpNumThreads = 1,
            GraphOptimizationLevel = isOptimized ? GraphOptimizationLevel.ORT_ENABLE_ALL : GraphOptimizationLevel.ORT_DISABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        _session = new InferenceSession(model.ToByteArray(), options);
        HashSet<string> constants = [.. model.Graph.Initializer.Select(static constant => constant.Name)];
        _inputs = [.. model.Graph.Input.Where(input => !constants.Contains(input.Name))
            .Select(input => (input.Name, Shape(input, shapes), (DataType)input.Type.TensorType.ElemType))];
        _outputs = [.. model.Graph.Output.Select(static output => output.Name)];
    }

    /// <summary>Whether an input has 16 bits a number.</summary>
    public bool IsOfHalves => Array.Exists(_inputs, static input => input.Type == DataType.Float16);

    /// <summary>Numbers for each input, as the model takes them: bytes, halves.</summary>
    public float[][] Draw(Func<float> draw) =>
        [.. _inputs.Select(input => Enumerable.Range(0, (int)input.Shape.Aggregate(1L, static (product, axis) => product * axis))
        .Select(_ => As(input.Type, draw())).ToArray())];

    /// <summary>The elements of each output.</summary>
    public float[][] Run(float[][] inputs)
    {
        OrtValue[] values = [.. _inputs.Zip(inputs, static (input, numbers) => Value(input.Type, input.Shape, numbers))];
        try
        {
            using RunOptions options = new();
            using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(options, [.. _inputs.Select(static input => input.Name)], values, _outputs);
            return [.. outputs.Select(Numbers)];
        }
        finally
        {
            foreach (OrtValue value in values)
                value.Dispose();
        }
    }

    public void Dispose() => _session.Dispose();

    private static float As(DataType type, float number) => type switch
    {
        DataType.Uint8 => Math.Clamp(MathF.Floor(number), 0, 255),
        DataType.Float16 => (float)(Half)number,
        _ => number,
    };

    private static long[] Shape(ValueInfoProto input, Dictionary<string, long[]> shapes) =>
        shapes.GetValueOrDefault(input.Name) ?? [.. input.Type.TensorType.Shape.Dim.Select(static axis => Math.Max(1, axis.DimValue))];

    private static OrtValue Value(DataType type, long[] shape, float[] numbers) => type switch
    {
        DataType.Uint8 => OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(numbers, static number => (byte)number), shape),
        DataType.Float16 => OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(numbers, static number => (Float16)number), shape),
        DataType.Double => OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(numbers, static number => (double)number), shape),
        _ => OrtValue.CreateTensorValueFromMemory(numbers, shape),
    };

    private static float[] Numbers(OrtValue value) => value.GetTensorTypeAndShape().ElementDataType switch
    {
        TensorElementType.Float16 => Array.ConvertAll(value.GetTensorDataAsSpan<Float16>().ToArray(), static number => (float)number),
        TensorElementType.Double => Array.ConvertAll(value.GetTensorDataAsSpan<double>().ToArray(), static number => (float)number),
        _ => value.GetTensorDataAsSpan<float>().ToArray(),
    };
}
