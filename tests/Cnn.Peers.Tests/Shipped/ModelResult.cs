using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Cnn.Onnx.Tests.Support;
using Cnn.Peers.Tests.Graphs;
using Cnn.Tool.Importing;
using Cnn.Tool.Importing.Onnx;
using Cnn.Tool.Writing;
using Microsoft.ML.OnnxRuntime;
using Onnx;

namespace Cnn.Peers.Tests.Shipped;

/// <summary>What came of a model.</summary>
/// <param name="Name">Of the file.</param>
/// <param name="Outputs">Their shapes, or nothing where it was refused.</param>
/// <param name="Error">The largest, in parts of what is allowed.</param>
/// <param name="Speed">How many times as fast as ONNX Runtime, or null.</param>
/// <param name="Refusal">Why it was not imported, or nothing.</param>
internal sealed record ModelResult(string Name, string Outputs, double Error, double? Speed, string Refusal)
{
    private const double Seconds = 2;

    public bool IsWrong => Refusal.Length == 0 && !(Error <= 1);

    public static ModelResult Of(string file, bool times)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        try
        {
            Dictionary<string, long[]> shapes = Shapes(file, name);
            Import import = Import.Onnx(file, ClassNames.Of(file), Reimport.Namespace, new ImportOptions { Shapes = shapes });
            INetwork network = Reimport.Compiled([import])[0];
            ModelProto model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(file));
            string outputs = string.Join(", ", import.OutputShapes.Select(static shape => string.Join('x', shape)));
            return new ModelResult(name, outputs, LargestError(model, shapes, network), times ? Faster(model, shapes, network) : null, "");
        }
        catch (ImportException exception)
        {
            return new ModelResult(name, "", 0, null, string.Join("; ", exception.Message.Split("\n  - ").Skip(1).DefaultIfEmpty(exception.Message)));
        }
        catch (OnnxRuntimeException exception)
        {
            return new ModelResult(name, "", 0, null, $"imported, and nothing to compare with, since ONNX Runtime refuses it: {exception.Message}");
        }
    }

    public override string ToString() => Refusal.Length > 0
        ? $"| {Name} | refused | | | {Refusal.ReplaceLineEndings(" ")} |"
        : string.Create(CultureInfo.InvariantCulture, $"| {Name} | {Outputs} | {Error:F3} | {Speed?.ToString("F2", CultureInfo.InvariantCulture)} | |");

    private static Dictionary<string, long[]> Shapes(string file, string name)
    {
        string path = Path.Combine(Path.GetDirectoryName(file)!, "shapes.json");
        if (!File.Exists(path))
            return [];
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.TryGetProperty(name, out JsonElement inputs)
            ? inputs.EnumerateObject().ToDictionary(static input => input.Name, static input => input.Value.EnumerateArray()
                .Select(static axis => axis.GetInt64()).ToArray())
            : [];
    }

    /// <summary>
    /// Over normal inputs, those of 0 to 1 and of 0 to 255: 1e-5 + 1e-3 of an output + 3e-6 of its port's largest is allowed. ONNX Runtime computes a model of
    /// halves in halves, and ours computes it in floats: of its port's largest, two roundings of a half are allowed.
    /// </summary>
    private static double LargestError(ModelProto model, Dictionary<string, long[]> shapes, INetwork network)
    {
        using ModelRun run = new(model, shapes, isOptimized: false);
        using IPredictor predictor = network.CreatePredictor(new PredictorOptions());
        float[] outputs = new float[network.OutputLength];
        double largest = 0;
        Random random = new(11);
        foreach (Func<float> draw in (Func<float>[])[() => Normal(random), random.NextSingle, () => random.NextSingle() * 255])
        {
            float[][] inputs = run.Draw(draw);
            predictor.Predict([.. inputs.SelectMany(static input => input)], outputs);
            int index = 0;
            foreach (float[] expected in run.Run(inputs))
            {
                double scale = expected.Where(float.IsFinite).Select(static value => Math.Abs((double)value)).DefaultIfEmpty().Max();
                foreach (float value in expected)
                    largest = Math.Max(largest, Part(outputs[index++], value, (run.IsOfHalves ? 1.0 / 1024 : 3e-6) * scale));
            }

            Assert.Equal(outputs.Length, index);
        }

        return largest;
    }

    /// <summary>A division by 0 is infinite on both sides, and so is what is expected of it.</summary>
    private static double Part(float output, float expected, double rounding)
    {
        if (output.Equals(expected))
            return 0;
        double part = Math.Abs((double)output - expected) / (1e-5 + (1e-3 * Math.Abs((double)expected)) + rounding);
        return double.IsNaN(part) ? double.PositiveInfinity : part;
    }

    private static float Normal(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));

    /// <summary>ONNX Runtime's shortest time, with all its optimisations, in parts of ours.</summary>
    private static double Faster(ModelProto model, Dictionary<string, long[]> shapes, INetwork network)
    {
        using ModelRun run = new(model, shapes, isOptimized: true);
        using IPredictor predictor = network.CreatePredictor(new PredictorOptions());
        float[][] inputs = run.Draw(new Random(3).NextSingle);
        float[] all = [.. inputs.SelectMany(static input => input)];
        float[] outputs = new float[network.OutputLength];
        return Shortest(() => run.Run(inputs)) / Shortest(() => predictor.Predict(all, outputs));
    }

    private static double Shortest(Action act)
    {
        const int Least = 5;
        act();
        double shortest = double.PositiveInfinity;
        long begin = Stopwatch.GetTimestamp();
        for (int count = 0; count < Least || Stopwatch.GetElapsedTime(begin).TotalSeconds < Seconds; count++)
        {
            long start = Stopwatch.GetTimestamp();
            act();
            shortest = Math.Min(shortest, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return shortest;
    }
}
