using Cnn.Tool.Importing;
using Cnn.Tool.Verification;

namespace Cnn.Onnx.Tests.Support;

/// <summary>What came of a case: a refusal with its reason, or the errors of its outputs.</summary>
/// <param name="Case">The case.</param>
/// <param name="Refusal">Why the model cannot be expressed; null if it can.</param>
/// <param name="Source">The declaration; empty for a refused model.</param>
/// <param name="Errors">One for each pair of input and output.</param>
internal sealed record CaseResult(ModelCase Case, string? Refusal, string Source, IReadOnlyList<OutputError> Errors)
{
    /// <summary>The largest error in ULP of the expected value.</summary>
    public double LargestUlp => Errors.Max(error => error.Ulp);

    /// <summary>Runs an imported network on the case's inputs.</summary>
    public static CaseResult Of(ModelCase model, Import import, INetwork network)
    {
        List<OutputError> errors = [];
        foreach ((string inputFile, string outputFile) in model.Data)
        {
            Tensor expected = ModelCase.ReadTensor(outputFile);
            float[] input = inputFile.Length > 0 ? ModelCase.ReadTensor(inputFile).Reals : Ramp(network.InputLength);
            int batch = input.Length / network.InputLength;
            float[] outputs = new float[batch * network.OutputLength];
            using IPredictor predictor = network.CreatePredictor(new PredictorOptions { BatchSize = batch });
            predictor.Predict(input, outputs);
            errors.Add(OutputError.Of(outputs, expected.Reals));
        }

        return new CaseResult(model, null, import.Source, errors);
    }

    private static float[] Ramp(int length)
    {
        float[] values = new float[length];
        for (int index = 0; index < length; index++)
            values[index] = (float)((double)index / length);
        return values;
    }
}
