using Cnn.Data;

namespace Cnn.Training;

/// <summary>One update on a batch, clipped or not, and how many of its images the trainer found.</summary>
internal sealed class TrainingStep
{
    private readonly ITrainer _trainer;
    private readonly GradientClipping? _clipping;

    public TrainingStep(ITrainer trainer, IExampleSource training, FitOptions options)
    {
        _trainer = trainer;
        _clipping = options.Clipping;
        CountsClasses = training.Targets is [{ IsLabels: true, Length: 1 }] && options.Augmentation is not { Mixes: true };
    }

    /// <summary>Whether each example has one class, and not a mixture, so that it can be said how many were found.</summary>
    public bool CountsClasses { get; }

    /// <summary>One update.</summary>
    /// <param name="batch">The examples.</param>
    /// <param name="correct">How many of them were found before the update; 0 where they have no classes.</param>
    /// <returns>The mean loss before the update.</returns>
    public double Run(ExampleBatch batch, out int correct)
    {
        double loss;
        if (_clipping is null)
        {
            loss = _trainer.Step(batch.Inputs, batch.Targets);
        }
        else
        {
            loss = _trainer.ForwardBackward(batch.Inputs, batch.Targets);
            _clipping.Apply(_trainer.Gradients);
            _trainer.Update();
        }

        correct = CountsClasses && batch.Count > 0 ? CountCorrect(batch.Labels()) : 0;
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
