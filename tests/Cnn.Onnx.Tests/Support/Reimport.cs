using Cnn.Tool.Compiling;
using Cnn.Tool.Importing;
using Cnn.Tool.Importing.Onnx;

namespace Cnn.Onnx.Tests.Support;

/// <summary>Networks that go out as ONNX models and come back as declarations.</summary>
internal static class Reimport
{
    public const string Namespace = "Imported";

    /// <summary>The networks that sources declare, each with parameters of which none is what it is by default.</summary>
    public static IReadOnlyList<INetwork> Originals(string sources) =>
        [.. NetworkCompiler.Networks(NetworkCompiler.Compile([("Original.cs", sources)])).Values.Select(
            type => Randomized(NetworkCompiler.Create(type, null)))];

    /// <summary>What is imported of a network's export.</summary>
    public static Import Of(INetwork network)
    {
        using MemoryStream model = new();
        network.SaveOnnx(model);
        model.Position = 0;
        return Import.Onnx(OnnxModel.Read(model, null), null, network.GetType().Name, Namespace, "A test.");
    }

    /// <summary>The networks of imports, compiled together, with their weights.</summary>
    public static IReadOnlyList<INetwork> Compiled(IReadOnlyList<Import> imports)
    {
        IReadOnlyDictionary<string, Type> types = NetworkCompiler.Networks(
            NetworkCompiler.Compile(imports.Select(import => (import.ClassName + ".cs", import.Source))));
        return [.. imports.Select(import =>
        {
            using MemoryStream weights = new();
            import.Weights.Write(weights);
            weights.Position = 0;
            return NetworkCompiler.Create(types[$"{Namespace}.{import.ClassName}"], weights);
        })];
    }

    /// <summary>The bits of the outputs for a random input.</summary>
    public static int[] Predict(INetwork network)
    {
        float[] input = new float[network.InputLength];
        Random random = new(5);
        for (int index = 0; index < input.Length; index++)
            input[index] = (random.NextSingle() * 2) - 1;
        float[] output = new float[network.OutputLength];
        using IPredictor predictor = network.CreatePredictor(new PredictorOptions());
        predictor.Predict(input, output);
        Assert.Contains(output, value => value != 0);
        return [.. output.Select(BitConverter.SingleToInt32Bits)];
    }

    private static INetwork Randomized(INetwork network)
    {
        Random random = new(7);
        foreach (Parameter parameter in network.Parameters.Where(parameter => parameter.Shape.Length == 1))
        {
            bool isPositive = parameter.Name.EndsWith("running_var", StringComparison.Ordinal) || parameter.Name.EndsWith("weight", StringComparison.Ordinal);
            foreach (ref float value in parameter.Values)
                value = isPositive ? 0.5f + random.NextSingle() : random.NextSingle() - 0.5f;
        }

        return network;
    }
}
