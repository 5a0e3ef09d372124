namespace Cnn.Training;

/// <summary>Makes updates out of batches: in one pass or several, clipped or not.</summary>
internal sealed class Updates
{
    private readonly ITrainer _trainer;
    private readonly GradientClipping? _clipping;
    private readonly int _imageLength;
    private readonly float[] _sum;

    public Updates(ITrainer trainer, FitOptions options, int imageLength)
    {
        _trainer = trainer;
        _clipping = options.Clipping;
        _imageLength = imageLength;
        _sum = options.GradientAccumulation > 1 ? new float[trainer.Gradients.Length] : [];
    }

    /// <summary>The most images of a pass.</summary>
    public static int LargestPass(FitOptions options) => options.BatchSize / options.GradientAccumulation;

    /// <summary>The fewest images that a pass of a batch has.</summary>
    public static int SmallestPass(FitOptions options, int images) => images / Passes(images, LargestPass(options));

    /// <summary>One update.</summary>
    /// <param name="inputs">The images of a batch.</param>
    /// <param name="labels">Their classes.</param>
    /// <param name="correct">How many of them the trainer found before the update.</param>
    /// <returns>The mean loss before the update.</returns>
    public double Run(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, out int correct)
    {
        double loss;
        int passes = Passes(labels.Length, _trainer.BatchSize);
        if (passes == 1 && _clipping is null)
        {
            loss = _trainer.Step(inputs, labels);
            correct = CountCorrect(labels);
            return loss;
        }

        loss = passes == 1 ? Pass(inputs, labels, out correct) : Accumulate(inputs, labels, passes, out correct);
        _clipping?.Apply(_trainer.Gradients);
        _trainer.Update();
        return loss;
    }

    /// <summary>As few as hold the images.</summary>
    private static int Passes(int images, int largestPass) => (int)(((long)images + largestPass - 1) / largestPass);

    /// <summary>The images are divided as evenly as they can be, and each pass weighs as its images.</summary>
    private double Accumulate(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, int passes, out int correct)
    {
        double loss = 0;
        correct = 0;
        Array.Clear(_sum);
        for (int pass = 0; pass < passes; pass++)
        {
            int from = (int)((long)pass * labels.Length / passes);
            int to = (int)(((long)pass + 1) * labels.Length / passes);
            loss += (to - from) * Pass(inputs[(from * _imageLength)..(to * _imageLength)], labels[from..to], out int found);
            correct += found;

            // Of the mean number of images: 1, and so without a rounding, where the passes are of equal size.
            float weight = (float)((double)(to - from) * passes / labels.Length);
            ReadOnlySpan<float> gradients = _trainer.Gradients;
            for (int index = 0; index < gradients.Length; index++)
                _sum[index] += weight * gradients[index];
        }

        Span<float> mean = _trainer.Gradients;
        for (int index = 0; index < mean.Length; index++)
            mean[index] = _sum[index] / passes;
        return loss / labels.Length;
    }

    private double Pass(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, out int correct)
    {
        double loss = _trainer.ForwardBackward(inputs, labels);
        correct = CountCorrect(labels);
        return loss;
    }

    private int CountCorrect(ReadOnlySpan<int> labels)
    {
        ReadOnlySpan<float> outputs = _trainer.Outputs;
        int classes = outputs.Length / labels.Length;
        int correct = 0;
        for (int image = 0; image < labels.Length; image++)
            correct += Logits.Largest(outputs.Slice(image * classes, classes)) == labels[image] ? 1 : 0;
        return correct;
    }
}
