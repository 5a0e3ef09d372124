using System.Globalization;
using Cnn.Functional.Tests.Support;
using Cnn.Onnx.Tests.Support;
using Cnn.Peers.Tests.Graphs;
using Cnn.Peers.Tests.Support;
using Cnn.Property.Tests.Drawing;
using Cnn.Property.Tests.Layers;
using Cnn.Property.Tests.Oracle;
using Cnn.Property.Tests.Runs;
using Cnn.Tool.Compiling;
using Microsoft.ML.OnnxRuntime;
using Onnx;

namespace Cnn.Peers.Tests;

/// <summary>Networks that are saved as ONNX models, run by ONNX Runtime: it loads each, and gives what our predictor gives.</summary>
public sealed class ExportTests
{
    private const int Images = 3;
    private const double OfLargest = 2e-5;

    [Fact]
    public void ONNX_Runtime_computes_the_reference_networks()
    {
        IReadOnlyList<INetwork> networks = Reimport.Originals(Source("ReferenceNetworks.cs"));
        Assert.InRange(networks.Count, 60, int.MaxValue);
        Report([.. networks.Select(network => (network.Summary.Name, Difference(network, Inputs(network))))]);
    }

    [Fact]
    public void ONNX_Runtime_computes_a_trained_LeNet()
    {
        using FileStream weights = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Sources", "digits.safetensors"));
        IReadOnlyDictionary<string, Type> networks = NetworkCompiler.Networks(NetworkCompiler.Compile([("LeNet.cs", Source("LeNet.cs"))]));
        INetwork network = NetworkCompiler.Create(networks.Values.Single(), weights);
        Report([("LeNet", Difference(network, Inputs(network)))]);
    }

    [Fact]
    public void ONNX_Runtime_computes_every_layer()
    {
        IReadOnlyList<Func<INetwork>> networks = Property.Tests.Compiling.NetworkCompiler.Compile([.. LayerExamples.All.Values]);
        Report([.. LayerExamples.All.Zip(networks, (example, create) =>
        {
            NetworkCase given = NetworkCase.TryDraw(example.Value, new OracleLoss(LossKind.MeanSquaredError), seed: 1)!;
            return (example.Key, Difference(Loaded(given, create()), given.Inputs));
        })]);
    }

    [Fact]
    public void ONNX_Runtime_computes_random_networks()
    {
        List<(string, string?)> differences = [];
        foreach (int index in Enumerable.Range(RunSettings.FirstNetwork, RunSettings.ExportedNetworks))
        {
            (NetworkCase given, Func<INetwork> create) = RandomNetworks.Get(index);
            string name = string.Create(CultureInfo.InvariantCulture, $"network {index} (CNN_SEED={RunSettings.Seed})\n{given.Description}");
            differences.Add((name, Difference(Loaded(given, create()), given.Inputs)));
        }

        Report(differences);
    }

    private static INetwork Loaded(NetworkCase given, INetwork network)
    {
        foreach (Parameter parameter in network.Parameters)
            given.Parameters[parameter.Name].CopyTo(parameter.Values);
        return network;
    }

    private static void Report(IReadOnlyList<(string Name, string? Difference)> differences)
    {
        string[] failures = [.. differences.Where(pair => pair.Difference is not null).Select(pair => $"--- {pair.Difference}: {pair.Name}")];
        Assert.True(failures.Length == 0, string.Join('\n', failures));
    }

    private static string Source(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Sources", name));

    private static float[] Inputs(INetwork network)
    {
        Random random = new(11);
        return [.. Enumerable.Range(0, Images * network.InputLength).Select(_ => (2 * random.NextSingle()) - 1)];
    }

    private static string? Difference(INetwork network, float[] inputs)
    {
        int images = inputs.Length / network.InputLength;
        float[] expected;
        try
        {
            expected = Answer(network, inputs, images);
        }
        catch (OnnxRuntimeException refusal)
        {
            return $"ONNX Runtime refuses the model, {refusal.Message}";
        }

        float[] outputs = new float[images * network.OutputLength];
        using IPredictor predictor = network.CreatePredictor(new PredictorOptions { BatchSize = images });
        predictor.Predict(inputs, outputs);
        double largest = expected.Max(Math.Abs);
        for (int index = 0; index < outputs.Length; index++)
        {
            double allowed = (OfLargest * largest) + Tolerance.Pass.Absolute + (Tolerance.Pass.Relative * Math.Abs(expected[index]));
            if (!(Math.Abs((double)outputs[index] - expected[index]) <= allowed))
                return string.Create(CultureInfo.InvariantCulture, $"output {index} is {outputs[index]:g9}, and ONNX Runtime has {expected[index]:g9}");
        }

        return null;
    }

    [Fact]
    public void ONNX_Runtime_computes_networks_of_several_ports()
    {
        const string Source = """
            [Network]
            [Input(4, Name = "facts")]
            [Linear(6), Tanh(Name = "context")]
            [Input(6, 8, 3, Name = "image", Layout = DataLayout.ChannelsLast)]
            [Conv(9, 3, Padding = 1), ReLU(Name = "body")]
            [GlobalAvgPool, Flatten, Concat("context"), Linear(5), Output("digit")]
            [Conv(2, 1, From = "body"), Output("mask", Layout = DataLayout.ChannelsLast), Output("planes")]
            public sealed partial class TwoHeads;
            """;
        INetwork network = Assert.Single(Reimport.Originals(Source));
        float[] inputs = Inputs(network);
        float[] expected = new float[Images * network.OutputLength];
        using (IPredictor predictor = network.CreatePredictor(new PredictorOptions { BatchSize = Images }))
            predictor.Predict(inputs, expected);
        using MemoryStream model = new();
        network.SaveOnnx(model);
        using OnnxRuntimeRun run = new(ModelProto.Parser.ParseFrom(model.ToArray()));
        float[] answer = run.RunAll(([Images, 4], inputs[..(Images * 4)]), ([Images, 6, 8, 3], inputs[(Images * 4)..]));
        Assert.Equal(expected.Length, answer.Length);
        Assert.All(expected.Zip(answer), pair => Assert.Equal(pair.First, pair.Second, 1e-5 + (1e-4 * Math.Abs(pair.First))));
    }

    private static float[] Answer(INetwork network, float[] inputs, int images)
    {
        using MemoryStream model = new();
        network.SaveOnnx(model);
        using OnnxRuntimeRun run = new(ModelProto.Parser.ParseFrom(model.ToArray()));
        return run.Run((network.Inputs[0].Name, [images, .. network.Summary.InputShape.ToArray().Select(axis => (long)axis)], inputs))!.Value.Numbers;
    }
}
