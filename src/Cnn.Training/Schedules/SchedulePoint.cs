namespace Cnn.Training;

/// <summary>Where in a training an update stands.</summary>
/// <param name="Step">The update, from 0.</param>
/// <param name="Steps">Updates of the whole training.</param>
/// <param name="StepsPerEpoch">Updates of one epoch.</param>
public readonly record struct SchedulePoint(long Step, long Steps, int StepsPerEpoch);
