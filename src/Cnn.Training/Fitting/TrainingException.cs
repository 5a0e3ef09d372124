namespace Cnn.Training;

/// <summary>Training went wrong in a way that other settings avoid. The message says which.</summary>
/// <param name="message">What happened and what to do.</param>
public sealed class TrainingException(string message) : Exception(message);
