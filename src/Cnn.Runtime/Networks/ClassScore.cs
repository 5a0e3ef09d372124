using System.Globalization;

namespace Cnn;

/// <summary>A class, and what a network says of it.</summary>
/// <param name="Class">Its index among the outputs.</param>
/// <param name="Label">What it is called; the index where no labels were given.</param>
/// <param name="Output">The output, as <see cref="IPredictor.Predict"/> gives it.</param>
/// <param name="Probability">
/// The softmax over all outputs; the output itself where the outputs are probabilities already, as behind a <c>Softmax</c>: none is negative, and
/// their sum is 1 within a thousandth.
/// </param>
public sealed record ClassScore(int Class, string Label, float Output, float Probability)
{
    private const double SumTolerance = 1e-3;

    /// <summary>The classes with the largest outputs, the largest first; of equal ones the one with the smaller index first.</summary>
    /// <param name="outputs">One for each class. What is not a number is passed over.</param>
    /// <param name="count">How many are wanted, at least 1. There are fewer where there are fewer numbers.</param>
    /// <param name="labels">One for each class, or null.</param>
    /// <exception cref="ArgumentException">There is not one label for each output.</exception>
    public static IReadOnlyList<ClassScore> Largest(ReadOnlySpan<float> outputs, int count, IReadOnlyList<string>? labels = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (labels is not null && labels.Count != outputs.Length)
        {
            throw new ArgumentException(
                $"{CountFormat.Of(labels.Count, "label")} for {CountFormat.Of(outputs.Length, "output")}: give one for each.",
                nameof(labels));
        }

        List<int> order = [];
        for (int index = 0; index < outputs.Length; index++)
        {
            if (float.IsNaN(outputs[index]))
                continue;
            int at = order.Count;
            while (at > 0 && outputs[order[at - 1]] < outputs[index])
                at--;
            if (at >= count)
                continue;
            order.Insert(at, index);
            if (order.Count > count)
                order.RemoveAt(count);
        }

        ClassScore[] scores = new ClassScore[order.Count];
        (double scale, double largest) = Normalization(outputs);
        for (int i = 0; i < scores.Length; i++)
        {
            int index = order[i];
            float output = outputs[index];
            float probability = (float)(scale == 0 ? output : Math.Exp(output - largest) / scale);
            scores[i] = new ClassScore(index, labels?[index] ?? index.ToString(CultureInfo.InvariantCulture), output, probability);
        }

        return scores;
    }

    /// <summary>The sum of exponentials and the largest output, or 0 where the outputs are probabilities already.</summary>
    private static (double Scale, double Largest) Normalization(ReadOnlySpan<float> outputs)
    {
        double sum = 0;
        double largest = double.NegativeInfinity;
        bool hasNegative = false;
        foreach (float output in outputs)
        {
            if (float.IsNaN(output))
                continue;
            sum += output;
            largest = Math.Max(largest, output);
            hasNegative |= output < 0;
        }

        if (!hasNegative && Math.Abs(sum - 1) <= SumTolerance)
            return (0, largest);
        double scale = 0;
        foreach (float output in outputs)
            scale += float.IsNaN(output) ? 0 : Math.Exp(output - largest);
        return (scale, largest);
    }
}
