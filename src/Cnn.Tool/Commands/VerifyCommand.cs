using System.CommandLine;
using System.Globalization;
using Cnn.CompilerServices;
using Cnn.Tool.Importing;
using Cnn.Tool.Importing.Onnx;
using Cnn.Tool.Verification;
using Google.Protobuf;

namespace Cnn.Tool.Commands;

/// <summary>cnn verify: runs a network on inputs with known outputs.</summary>
internal static class VerifyCommand
{
    public static Command Create(TextWriter output)
    {
        NetworkSource source = new();
        Option<string> input = new("--input") { Description = "Inputs, batch first: a .npy array of floats or a .pb tensor of ONNX.", Required = true };
        Option<string> expected = new("--output") { Description = "The outputs that they should give, in the same forms.", Required = true };
        Option<WeightStorage> storage = StorageOption.Create("Also tell what is lost where <CnnWeights> stores the weights so");
        Command command = new("verify", "Run a network on inputs and tell how far its outputs are from known ones.");
        source.AddTo(command, withWeights: true);
        command.Add(input);
        command.Add(expected);
        command.Add(storage);
        command.SetAction(parsed =>
        {
            INetwork network = source.Create(parsed);
            float[] inputs = Read(parsed.GetValue(input)!).Reals;
            if (inputs.Length == 0 || inputs.Length % network.InputLength != 0)
                throw new ImportException($"The inputs are {inputs.Length:N0} numbers, and {network.Summary.Name} takes {network.InputLength:N0} an image.");
            return Report(network, inputs, Read(parsed.GetValue(expected)!).Reals, parsed.GetValue(storage), output);
        });
        return command;
    }

    private static int Report(INetwork network, float[] inputs, float[] expected, WeightStorage storage, TextWriter output)
    {
        float[] outputs = new float[inputs.Length / network.InputLength * network.OutputLength];
        if (outputs.Length != expected.Length)
            throw new ImportException($"{network.Summary.Name} gives {outputs.Length:N0} numbers for these inputs, and {expected.Length:N0} are expected.");
        using PredictorCore predictor = (PredictorCore)network.CreatePredictor(new PredictorOptions { BatchSize = inputs.Length / network.InputLength });
        predictor.Predict(inputs, outputs);
        OutputError error = OutputError.Of(outputs, expected);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"largest error: {error.Ulp:N0} ULP (output {error.Index}: {outputs[error.Index]:G9}, expected {expected[error.Index]:G9}), {error.UlpOfLargest:N1} ULP of the largest output, {error.Difference:G3} absolute"));
        output.WriteLine(error.Passes ? "within 1e-5 + 1e-3 of each expected output" : "BEYOND 1e-5 + 1e-3 of an expected output");
        if (storage != WeightStorage.Float32)
            ReportLoss(predictor, inputs, outputs, storage, output);
        return error.Passes ? 0 : 1;
    }

    /// <summary>How far the outputs move where the folded weights are stored in fewer bits.</summary>
    private static void ReportLoss(PredictorCore predictor, float[] inputs, float[] outputs, WeightStorage storage, TextWriter output)
    {
        float[] rounded = new float[outputs.Length];
        predictor.Weights.Round(storage);
        predictor.Predict(inputs, rounded);
        OutputError loss = OutputError.Of(rounded, outputs);
        int length = outputs.Length / predictor.BatchSize;
        int same = Enumerable.Range(0, predictor.BatchSize).Count(image => LargestAt(rounded, image * length, length) == LargestAt(outputs, image * length, length));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{storage.ToString().ToLowerInvariant()} weights: outputs differ by up to {loss.Difference:G3} from those of float32 ({loss.UlpOfLargest:N0} ULP of the largest output); the largest output is the same in {same} of {predictor.BatchSize} images"));
    }

    /// <summary>The index of the first of the largest outputs of an image.</summary>
    private static int LargestAt(float[] outputs, int start, int length) => Enumerable.Range(start, length).MaxBy(index => outputs[index]);

    private static Tensor Read(string path)
    {
        if (!File.Exists(path))
            throw new ImportException($"There is no file '{path}'.");
        using FileStream stream = File.OpenRead(path);
        if (!path.EndsWith(".pb", StringComparison.OrdinalIgnoreCase))
            return NumpyFile.Read(stream);
        try
        {
            return OnnxTensors.Read(global::Onnx.TensorProto.Parser.ParseFrom(stream), Path.GetDirectoryName(Path.GetFullPath(path)));
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new ImportException($"'{path}' is no tensor of ONNX, or a damaged one: {exception.Message}", exception);
        }
    }
}
