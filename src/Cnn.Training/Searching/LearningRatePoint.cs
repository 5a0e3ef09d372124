namespace Cnn.Training;

/// <summary>One step of a <see cref="LearningRateSweep"/>.</summary>
/// <param name="LearningRate">Of the step.</param>
/// <param name="Loss">A mean over the steps up to it, the latest weighing most.</param>
public readonly record struct LearningRatePoint(double LearningRate, double Loss);
