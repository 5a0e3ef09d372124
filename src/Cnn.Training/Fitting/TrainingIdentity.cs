namespace Cnn.Training;

/// <summary>What a checkpoint must fit.</summary>
/// <param name="Description">Everything that the result depends on, in words, and nothing else.</param>
/// <param name="Metrics">The names of what is measured after each epoch.</param>
internal sealed record TrainingIdentity(string Description, string[] Metrics);
