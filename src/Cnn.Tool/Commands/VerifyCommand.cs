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
        Option<string> expected = new("--expected", "--output") { Description = "The outputs that they should give, in the same forms.", Required = true };
        Option<WeightStorage> storage = StorageOption.Create("Also tell what is lost where <CnnWeights> stores the weights so");
        Command command = new("verify", "Run a network on inputs and tell how far its outputs are from known ones.");
        source.AddTo(command, withWeights: true);
        command.Add(input);
        command.Add(expected);
        command.Add(storage);
        command.SetAction(parsed =>
        {
            INetwork network = source.Create(parsed);
            Tensor inputs = Read(parsed.GetValue(input)!);
            int images = Images(network, inputs);
            Tensor outputs = Read(parsed.GetValue(expected)!);
            CheckOutputs(network, images, outputs);
            return Report(network, images, inputs.Reals, outputs.Reals, parsed.GetValue(storage), output);
        });
        return command;
    }

    /// <summary>
    /// How many images a batch has, whose axes are the batch and those of the network's input. One of the two may be flat, because an import can
    /// begin or end in a view; other axes of the same length would be in another order.
    /// </summary>
    private static int Images(INetwork network, Tensor inputs)
    {
        int[] shape = [.. network.Summary.InputShape];
        return Fits(inputs, shape) ? inputs.Shape[0] : throw new ImportException(
            $"The inputs have the shape {Tensor.Text(inputs.Shape)}, and {network.Summary.Name} takes [images, {string.Join(", ", shape)}]: "
            + "give them with these axes, the batch first.");
    }

    private static void CheckOutputs(INetwork network, int images, Tensor expected)
    {
        int[] shape = [.. network.Summary.OutputShape];
        if (!Fits(expected, shape) || expected.Shape[0] != images)
        {
            throw new ImportException(
                $"The expected outputs have the shape {Tensor.Text(expected.Shape)}, and {network.Summary.Name} gives {Tensor.Text([images, .. shape])} for "
                + "these inputs: give them with these axes, the batch first.");
        }
    }

    private static bool Fits(Tensor batch, int[] shape)
    {
        if (batch.Shape.Length < 2 || batch.Length == 0)
            return false;
        ReadOnlySpan<int> axes = batch.Shape.AsSpan(1);
        int length = shape.Aggregate(1, (product, axis) => product * axis);
        return axes.SequenceEqual(shape) || ((axes.Length == 1 || shape.Length == 1) && batch.Length == (long)batch.Shape[0] * length);
    }

    private static int Report(INetwork network, int images, float[] inputs, float[] expected, WeightStorage storage, TextWriter output)
    {
        float[] outputs = new float[images * network.OutputLength];
        using PredictorCore predictor = (PredictorCore)network.CreatePredictor(new PredictorOptions { BatchSize = images });
        predictor.Predict(inputs, outputs);
        OutputError error = OutputError.Of(outputs, expected);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"largest error: {error.Difference:G3} absolute, {error.UlpOfLargest:N1} ULP of the largest output, {error.Ulp:N0} ULP of an output of "
            + $"at least {OutputError.AbsoluteTolerance}"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(error.Passes ? "within" : "BEYOND")} 1e-5 + 1e-3 of {(error.Passes ? "each" : "an")} expected output; "
            + $"the {(error.Passes ? "closest to it" : "worst")} is output {error.Index}: {outputs[error.Index]:G9}, expected {expected[error.Index]:G9}"));
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
        int same = Enumerable.Range(0, predictor.BatchSize)
            .Count(image => LargestAt(rounded, image * length, length) == LargestAt(outputs, image * length, length));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{storage.ToString().ToLowerInvariant()} weights: outputs differ by up to {loss.Difference:G3} from those of float32 ({loss.UlpOfLargest:N0} ULP "
            + $"of the largest output); the largest output is the same in {same} of {predictor.BatchSize} images"));
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
