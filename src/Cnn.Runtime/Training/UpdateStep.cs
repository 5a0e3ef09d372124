namespace Cnn;

/// <summary>What an update of some parameters is made with.</summary>
/// <param name="Number">Which step this is, from 1.</param>
/// <param name="LearningRate">The optimiser's, times the factor of the parameters' groups.</param>
/// <param name="WeightDecay">The optimiser's, or that of the parameters' group.</param>
internal readonly record struct UpdateStep(long Number, float LearningRate, float WeightDecay);
