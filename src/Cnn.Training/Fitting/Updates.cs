namespace Cnn.Training;

/// <summary>Makes updates out of batches, clipped or not.</summary>
internal sealed class Updates(ITrainer trainer, GradientClipping? clipping)
{
    /// <summary>One update.</summary>
    /// <param name="inputs">The images of a batch.</param>
    /// <param name="labels">Their classes.</param>
    /// <param name="correct">How many of them the trainer found before the update.</param>
    /// <returns>The mean loss before the update.</returns>
    public double Run(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, out int correct)
    {
        double loss;
        if (clipping is null)
        {
            loss = trainer.Step(inputs, labels);
        }
        else
        {
            loss = trainer.ForwardBackward(inputs, labels);
            clipping.Apply(trainer.Gradients);
            trainer.Update();
        }

        correct = CountCorrect(labels);
        return loss;
    }

    private int CountCorrect(ReadOnlySpan<int> labels)
    {
        ReadOnlySpan<float> outputs = trainer.Outputs;
        int classes = outputs.Length / labels.Length;
        int correct = 0;
        for (int image = 0; image < labels.Length; image++)
            correct += Logits.Largest(outputs.Slice(image * classes, classes)) == labels[image] ? 1 : 0;
        return correct;
    }
}
