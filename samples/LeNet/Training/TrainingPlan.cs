namespace LeNetSample.Training;

/// <summary>How a network is trained: SGD with momentum 0.9 on cross entropy, the learning rate falling to 0 as half a cosine.</summary>
/// <param name="Epochs">Times that each training image is seen.</param>
/// <param name="BatchSize">Images a step.</param>
/// <param name="LearningRate">At the first step.</param>
/// <param name="Seed">Decides the initial parameters and the order of the images.</param>
/// <param name="Threads">0 is all cores. The result does not depend on it.</param>
internal sealed record TrainingPlan(int Epochs, int BatchSize, float LearningRate, int Seed, int Threads)
{
    public const int DefaultEpochs = 3;
    public const int DefaultBatchSize = 64;
    public const float DefaultLearningRate = 0.05f;
    public const float Momentum = 0.9f;

    /// <summary>The learning rate of a step (SGDR, Loshchilov and Hutter 2017, without restarts).</summary>
    /// <param name="step">From 0.</param>
    /// <param name="steps">Of the whole training.</param>
    public float LearningRateAt(long step, long steps) =>
        LearningRate * 0.5f * (1f + MathF.Cos(MathF.PI * step / steps));
}
