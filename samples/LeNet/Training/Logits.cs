namespace LeNetSample.Training;

/// <summary>What a network's ten outputs say.</summary>
internal static class Logits
{
    /// <summary>The first index of the largest output.</summary>
    public static int Largest(ReadOnlySpan<float> logits)
    {
        int largest = 0;
        for (int i = 1; i < logits.Length; i++)
        {
            if (logits[i] > logits[largest])
                largest = i;
        }

        return largest;
    }

    /// <summary>The probability that softmax gives to the largest output.</summary>
    public static double Confidence(ReadOnlySpan<float> logits)
    {
        float largest = logits[Largest(logits)];
        double sum = 0;
        foreach (float logit in logits)
            sum += Math.Exp(logit - largest);
        return 1 / sum;
    }
}
