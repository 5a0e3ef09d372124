namespace Cnn.Training;

/// <summary>What the outputs of a classifier say, before any softmax. An output that is NaN is never the largest, and never right.</summary>
public static class Logits
{
    /// <summary>Stands for a class where no output is a number.</summary>
    public const int NoClass = -1;

    /// <summary>The first index of the largest output.</summary>
    /// <param name="logits">One output a class.</param>
    /// <returns>The class, or <see cref="NoClass"/> where every output is NaN.</returns>
    public static int Largest(ReadOnlySpan<float> logits)
    {
        int largest = NoClass;
        for (int index = 0; index < logits.Length; index++)
        {
            if (!float.IsNaN(logits[index]) && (largest == NoClass || logits[index] > logits[largest]))
                largest = index;
        }

        return largest;
    }

    /// <summary>The map of classes of a network whose output is a map: for each position what <see cref="Largest"/> is for a vector.</summary>
    /// <param name="outputs">
    /// One input's outputs, as <see cref="IPredictor.Predict"/> gives them: all positions of the first class, then those of the next.
    /// </param>
    /// <param name="classes">Receives a class for each position, or <see cref="NoClass"/>.</param>
    /// <exception cref="ArgumentException">The outputs are no whole number of such maps.</exception>
    public static void LargestAtEachPosition(ReadOnlySpan<float> outputs, Span<int> classes)
    {
        if (classes.IsEmpty || outputs.IsEmpty || outputs.Length % classes.Length != 0)
            throw new ArgumentException(
                $"{CountFormat.Of(outputs.Length, "output")} do not make up whole maps of {CountFormat.Of(classes.Length, "position")}. "
                    + "Give the outputs of one input, and one place for each position.", nameof(outputs));
        Span<float> largest = new float[classes.Length];
        classes.Fill(NoClass);
        for (int index = 0; index < outputs.Length; index++)
        {
            (int channel, int position) = (index / classes.Length, index % classes.Length);
            if (float.IsNaN(outputs[index]) || (classes[position] != NoClass && !(outputs[index] > largest[position])))
                continue;
            classes[position] = channel;
            largest[position] = outputs[index];
        }
    }

    /// <summary>The probability that softmax gives to the largest output.</summary>
    /// <param name="logits">One output a class.</param>
    /// <returns>From 1 / classes to 1; NaN where an output is.</returns>
    public static double Confidence(ReadOnlySpan<float> logits)
    {
        int largest = Largest(logits);
        return largest == NoClass ? double.NaN : Math.Exp(-CrossEntropy(logits, largest));
    }

    /// <summary>-log of the probability that softmax gives to a class.</summary>
    /// <param name="logits">One output a class.</param>
    /// <param name="label">The class.</param>
    /// <returns>At least 0; NaN where an output is.</returns>
    public static double CrossEntropy(ReadOnlySpan<float> logits, int label)
    {
        int place = Largest(logits);
        if (place == NoClass)
            return double.NaN;

        // The largest is taken out, or exp could overflow.
        double largest = logits[place];
        double sum = 0;
        foreach (float logit in logits)
            sum += Math.Exp(logit - largest);
        return Math.Log(sum) - (logits[label] - largest);
    }

    /// <summary>How many classes are thought more likely than a given one: 0 where it is the prediction. Of equal outputs the first counts as larger.</summary>
    /// <param name="logits">One output a class.</param>
    /// <param name="label">The class.</param>
    /// <returns>
    /// From 0 to classes - 1, or the number of classes where the class's own output is NaN: it is not among the first ones, however many count.
    /// </returns>
    public static int Rank(ReadOnlySpan<float> logits, int label)
    {
        if (float.IsNaN(logits[label]))
            return logits.Length;
        int rank = 0;
        for (int index = 0; index < logits.Length; index++)
        {
            if (logits[index] > logits[label] || (logits[index] == logits[label] && index < label))
                rank++;
        }

        return rank;
    }
}
