namespace Cnn.CompilerServices;

/// <summary>The transform of the weights, U = G g Gᵀ, which a predictor does once.</summary>
internal static class WinogradWeights
{
    /// <summary>Transforms the kernels of a layer.</summary>
    /// <param name="weight">[outputs, inputs, taps, taps].</param>
    /// <param name="outputs">Outputs of the layer.</param>
    /// <param name="inputs">Inputs of the layer.</param>
    /// <param name="taps">Taps of a kernel along an axis: 3 or 5.</param>
    /// <param name="scale">One factor an output.</param>
    /// <returns>[outputs, inputs, 36], in double until the last step.</returns>
    public static float[] Transform(ReadOnlySpan<float> weight, int outputs, int inputs, int taps, ReadOnlySpan<double> scale)
    {
        float[] transformed = new float[outputs * inputs * WinogradPoints.Points];
        double[,] evaluation = Evaluate(taps);
        Span<double> rows = stackalloc double[WinogradPoints.Inputs * taps];
        for (int kernel = 0; kernel < outputs * inputs; kernel++)
        {
            ReadOnlySpan<float> values = weight.Slice(kernel * taps * taps, taps * taps);
            double factor = scale[kernel / inputs];
            for (int index = 0; index < rows.Length; index++)
            {
                double sum = 0;
                for (int tap = 0; tap < taps; tap++)
                    sum += evaluation[index / taps, tap] * values[(tap * taps) + (index % taps)];
                rows[index] = factor * sum;
            }

            for (int point = 0; point < WinogradPoints.Points; point++)
            {
                double sum = 0;
                for (int tap = 0; tap < taps; tap++)
                    sum += evaluation[point % WinogradPoints.Inputs, tap] * rows[(point / WinogradPoints.Inputs * taps) + tap];
                transformed[(kernel * WinogradPoints.Points) + point] = (float)sum;
            }
        }

        return transformed;
    }

    /// <summary>
    /// G: a kernel's polynomial at each point p, divided by the product of p's distances from the other points; its highest coefficient at ∞.
    /// </summary>
    private static double[,] Evaluate(int taps)
    {
        double[] points = [0, WinogradPoints.A, -WinogradPoints.A, WinogradPoints.B, -WinogradPoints.B];
        double[,] evaluation = new double[WinogradPoints.Inputs, taps];
        for (int index = 0; index < points.Length; index++)
        {
            double point = points[index];
            double distances = points.Where(other => other != point).Aggregate(1.0, (product, other) => product * (point - other));
            double power = 1;
            for (int tap = 0; tap < taps; tap++, power *= point)
                evaluation[index, tap] = power / distances;
        }

        evaluation[points.Length, taps - 1] = 1;
        return evaluation;
    }
}
