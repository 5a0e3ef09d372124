namespace LeNetSample.Training;

/// <summary>Shows a training while it runs.</summary>
internal interface ITrainingDisplay
{
    /// <summary>Called a few times a second.</summary>
    void Show(in TrainingProgress progress);

    /// <summary>Called after each epoch.</summary>
    void Show(EpochResult result);
}
