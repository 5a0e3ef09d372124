namespace Cnn.CompilerServices;

/// <summary>The transform of the weights, U = G g Gᵀ, which a predictor does once.</summary>
internal static class WinogradWeights
{
    /// <summary>
    /// G: a kernel's polynomial at each point p, divided by the product of p's distances from the other points; its highest coefficient at ∞.
    /// </summary>
    private static readonly double[,] Evaluation = Evaluate();

    /// <summary>Transforms the 3x3 kernels of a layer.</summary>
    /// <param name="weight">[outputs, inputs, 9].</param>
    /// <param name="outputs">Outputs of the layer.</param>
    /// <param name="inputs">Inputs of the layer.</param>
    /// <param name="scale">One factor an output.</param>
    /// <returns>[outputs, inputs, 36], in double until the last step.</returns>
    public static float[] Transform(ReadOnlySpan<float> weight, int outputs, int inputs, ReadOnlySpan<double> scale)
    {
        float[] transformed = new float[outputs * inputs * WinogradPoints.Points];
        Span<double> rows = stackalloc double[WinogradPoints.Inputs * 3];
        for (int kernel = 0; kernel < outputs * inputs; kernel++)
        {
            ReadOnlySpan<float> taps = weight.Slice(kernel * 9, 9);
            double factor = scale[kernel / inputs];
            for (int point = 0; point < WinogradPoints.Inputs; point++)
            {
                for (int column = 0; column < 3; column++)
                    rows[(point * 3) + column] = factor * ((Evaluation[point, 0] * taps[column]) + (Evaluation[point, 1] * taps[3 + column])
                        + (Evaluation[point, 2] * taps[6 + column]));
            }

            for (int point = 0; point < WinogradPoints.Points; point++)
            {
                ReadOnlySpan<double> row = rows.Slice(point / WinogradPoints.Inputs * 3, 3);
                int column = point % WinogradPoints.Inputs;
                transformed[(kernel * WinogradPoints.Points) + point] =
                    (float)((Evaluation[column, 0] * row[0]) + (Evaluation[column, 1] * row[1]) + (Evaluation[column, 2] * row[2]));
            }
        }

        return transformed;
    }

    private static double[,] Evaluate()
    {
        double[] points = [0, WinogradPoints.A, -WinogradPoints.A, WinogradPoints.B, -WinogradPoints.B];
        double[,] evaluation = new double[WinogradPoints.Inputs, 3];
        for (int index = 0; index < points.Length; index++)
        {
            double point = points[index];
            double distances = points.Where(other => other != point).Aggregate(1.0, (product, other) => product * (point - other));
            evaluation[index, 0] = 1 / distances;
            evaluation[index, 1] = point / distances;
            evaluation[index, 2] = point * point / distances;
        }

        evaluation[points.Length, 2] = 1;
        return evaluation;
    }
}
