using Microsoft.ML.OnnxRuntime;

namespace Cnn.Onnx.Check;

/// <summary>Outputs of a network beside those that ONNX Runtime computes from its export.</summary>
/// <param name="Difference">The largest absolute difference.</param>
/// <param name="Excess">The largest difference beyond the tolerance; positive for a failure, also where an output is not a number.</param>
/// <param name="Largest">The largest output.</param>
/// <param name="Note">What ONNX Runtime refused, if it did.</param>
internal sealed record Comparison(double Difference, double Excess, double Largest, string Note)
{
    public const double Tolerance = 1e-5;

    /// <summary>Runs both on a batch of inputs.</summary>
    public static Comparison Of(INetwork network, float[] inputs)
    {
        int batch = inputs.Length / network.InputLength;
        float[] ours = new float[batch * network.OutputLength];
        using (IPredictor predictor = network.CreatePredictor(new PredictorOptions { BatchSize = batch }))
            predictor.Predict(inputs, ours);

        float[] theirs;
        try
        {
            theirs = Run(network, inputs, batch);
        }
        catch (OnnxRuntimeException refusal)
        {
            return new Comparison(double.NaN, double.PositiveInfinity, double.NaN, ": " + refusal.Message);
        }

        double difference = 0;
        double excess = double.NegativeInfinity;
        double largest = 0;
        for (int index = 0; index < ours.Length; index++)
        {
            double here = Math.Abs((double)ours[index] - theirs[index]);
            difference = Math.Max(difference, here);
            double beyond = here - (Tolerance * (1 + Math.Abs(theirs[index])));
            excess = double.IsNaN(beyond) ? double.PositiveInfinity : Math.Max(excess, beyond);
            largest = Math.Max(largest, Math.Abs(theirs[index]));
        }

        return new Comparison(difference, excess, largest, "");
    }

    private static float[] Run(INetwork network, float[] inputs, int batch)
    {
        using MemoryStream model = new();
        network.SaveOnnx(model);
        using SessionOptions options = new() { IntraOpNumThreads = 1 };
        using InferenceSession session = new(model.ToArray(), options);
        long[] shape = [batch, .. network.Summary.InputShape.ToArray().Select(axis => (long)axis)];
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(inputs, shape);
        using RunOptions run = new();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, ["input"], [input], ["output"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
