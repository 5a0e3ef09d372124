namespace LeNetSample.Training;

/// <summary>Training went wrong in a way that other settings avoid. The message says which.</summary>
internal sealed class TrainingException(string message) : Exception(message);
