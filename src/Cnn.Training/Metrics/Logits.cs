namespace Cnn.Training;

/// <summary>What the outputs of a classifier say, before any softmax.</summary>
public static class Logits
{
    /// <summary>The first index of the largest output.</summary>
    /// <param name="logits">One output a class.</param>
    /// <returns>The class.</returns>
    public static int Largest(ReadOnlySpan<float> logits)
    {
        int largest = 0;
        for (int index = 1; index < logits.Length; index++)
        {
            if (logits[index] > logits[largest])
                largest = index;
        }

        return largest;
    }

    /// <summary>The probability that softmax gives to the largest output.</summary>
    /// <param name="logits">One output a class.</param>
    /// <returns>From 1 / classes to 1.</returns>
    public static double Confidence(ReadOnlySpan<float> logits) => Math.Exp(-CrossEntropy(logits, Largest(logits)));

    /// <summary>-log of the probability that softmax gives to a class.</summary>
    /// <param name="logits">One output a class.</param>
    /// <param name="label">The class.</param>
    /// <returns>At least 0.</returns>
    public static double CrossEntropy(ReadOnlySpan<float> logits, int label)
    {
        // The largest is taken out, or exp could overflow.
        double largest = logits[Largest(logits)];
        double sum = 0;
        foreach (float logit in logits)
            sum += Math.Exp(logit - largest);
        return Math.Log(sum) - (logits[label] - largest);
    }

    /// <summary>How many classes are thought more likely than a given one: 0 where it is the prediction. Of equal outputs the first counts as larger.</summary>
    /// <param name="logits">One output a class.</param>
    /// <param name="label">The class.</param>
    /// <returns>From 0 to classes - 1.</returns>
    public static int Rank(ReadOnlySpan<float> logits, int label)
    {
        int rank = 0;
        for (int index = 0; index < logits.Length; index++)
        {
            if (logits[index] > logits[label] || (logits[index] == logits[label] && index < label))
                rank++;
        }

        return rank;
    }
}
