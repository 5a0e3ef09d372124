namespace Cnn.Plots;

/// <summary>The loss at one moment of a training.</summary>
/// <param name="Epochs">Epochs that are done, with the part of the one that runs: 1.5 is the middle of the second.</param>
/// <param name="Loss">A mean over the last updates.</param>
public readonly record struct LossPoint(double Epochs, double Loss);
