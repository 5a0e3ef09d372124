namespace Cnn.Training;

/// <summary>Where a training stands, for its callbacks. The same object all along.</summary>
public sealed class FitContext
{
    private readonly FitState _state;
    private readonly FitOptions _options;

    internal FitContext(INetwork network, ITrainer trainer, FitOptions options, FitState state, int steps, bool resumed)
    {
        Network = network;
        Trainer = trainer;
        _options = options;
        _state = state;
        Steps = steps;
        Resumed = resumed;
    }

    /// <summary>What is trained.</summary>
    public INetwork Network { get; }

    /// <summary>What trains it: its outputs, gradients and losses are those of the last step. Disposed in <see cref="IFitCallback.OnEnd"/>.</summary>
    public ITrainer Trainer { get; }

    /// <summary>From 1.</summary>
    public int Epoch => Completed?.Epoch ?? _state.Epoch + 1;

    /// <summary>In all.</summary>
    public int Epochs => _options.Epochs;

    /// <summary>Updates of this epoch that are done.</summary>
    public int Step => Completed is null ? _state.Step : Steps;

    /// <summary>Updates of an epoch.</summary>
    public int Steps { get; }

    /// <summary>Updates of the whole training that are done.</summary>
    public long Updates => ((long)(Epoch - 1) * Steps) + Step;

    /// <summary>The loss of the last step, before its update; NaN before the first.</summary>
    public double Loss { get; internal set; } = double.NaN;

    /// <summary>The learning rate of the last step. Written by the schedule before each.</summary>
    public float LearningRate => _options.Optimizer.LearningRate;

    /// <summary>Each epoch that is done, also before an interruption.</summary>
    public IReadOnlyList<EpochResult> History => _state.History;

    /// <summary>What the epoch came to, in <see cref="IFitCallback.OnEpochEnd"/> and <see cref="IFitCallback.OnEnd"/>; otherwise null.</summary>
    public EpochResult? Completed { get; internal set; }

    /// <summary>Whether it goes on from a checkpoint.</summary>
    public bool Resumed { get; }

    internal bool IsStopped { get; private set; }

    /// <summary>
    /// Ends the training behind this step or epoch, as if no more had been asked for: Fit returns. With checkpoints one is written, from which the same call
    /// goes on.
    /// </summary>
    public void Stop() => IsStopped = true;

    /// <summary>As <c>epoch 4/10, step 200/469: loss 0.0312</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"epoch {Epoch}/{Epochs}, step {Step}/{Steps}: loss {Loss:0.0000}");
}
