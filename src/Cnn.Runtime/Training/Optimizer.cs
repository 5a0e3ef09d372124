namespace Cnn;

/// <summary>An update rule. Its settings are fixed except for the learning rate; its state belongs to the trainer that uses it.</summary>
public abstract class Optimizer
{
    private protected Optimizer(float learningRate) => LearningRate = learningRate;

    /// <summary>The step size, read at every update. Not negative, finite.</summary>
    public float LearningRate
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            if (!float.IsFinite(value))
                throw new ArgumentOutOfRangeException(nameof(value), value, "The learning rate must be finite.");
            field = value;
        }
    }
}
