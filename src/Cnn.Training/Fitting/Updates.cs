namespace Cnn.Training;

/// <summary>Makes updates out of batches: in one pass or several, clipped or not.</summary>
internal sealed class Updates
{
    private readonly ITrainer _trainer;
    private readonly GradientClipping? _clipping;
    private readonly int _passes;
    private readonly int _imageLength;
    private readonly float[] _sum;

    public Updates(ITrainer trainer, FitOptions options, int imageLength)
    {
        _trainer = trainer;
        _clipping = options.Clipping;
        _passes = options.GradientAccumulation;
        _imageLength = imageLength;
        _sum = _passes > 1 ? new float[trainer.Gradients.Length] : [];
    }

    /// <summary>One update.</summary>
    /// <param name="inputs">The images of a batch.</param>
    /// <param name="labels">Their classes.</param>
    /// <param name="correct">How many of them the trainer found before the update.</param>
    /// <returns>The mean loss before the update.</returns>
    public double Run(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, out int correct)
    {
        double loss;
        if (_passes == 1 && _clipping is null)
        {
            loss = _trainer.Step(inputs, labels);
            correct = CountCorrect(labels);
            return loss;
        }

        loss = _passes == 1 ? Pass(inputs, labels, out correct) : Accumulate(inputs, labels, out correct);
        _clipping?.Apply(_trainer.Gradients);
        _trainer.Update();
        return loss;
    }

    private double Accumulate(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, out int correct)
    {
        int images = labels.Length / _passes;
        double loss = 0;
        correct = 0;
        Array.Clear(_sum);
        for (int pass = 0; pass < _passes; pass++)
        {
            loss += Pass(inputs.Slice(pass * images * _imageLength, images * _imageLength), labels.Slice(pass * images, images), out int found);
            correct += found;
            ReadOnlySpan<float> gradients = _trainer.Gradients;
            for (int index = 0; index < gradients.Length; index++)
                _sum[index] += gradients[index];
        }

        Span<float> mean = _trainer.Gradients;
        for (int index = 0; index < mean.Length; index++)
            mean[index] = _sum[index] / _passes;
        return loss / _passes;
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
