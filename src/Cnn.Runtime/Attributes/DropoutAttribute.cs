namespace Cnn;

/// <summary>Sets each element to 0 with a given probability and scales the others by 1 / (1 - probability), in a Trainer only (Srivastava et al., 2014).</summary>
/// <param name="probability">The probability of an element to be dropped, at least 0 and less than 1. Default 0.5.</param>
/// <remarks>Reproducible from <see cref="TrainerOptions.Seed"/>, whatever the number of threads. A Predictor has no dropout.</remarks>
public sealed class DropoutAttribute(double probability = 0.5) : LayerAttribute
{
    /// <summary>The probability of an element to be dropped.</summary>
    public double Probability { get; } = probability;
}
