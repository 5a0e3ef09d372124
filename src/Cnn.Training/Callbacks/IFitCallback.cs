namespace Cnn.Training;

/// <summary>Looks on while a network is trained, and may stop it. Every method has a body that does nothing: write those that you need.</summary>
/// <remarks>
/// <code>
/// sealed class Patient(TimeSpan limit) : IFitCallback
/// {
///     private readonly Stopwatch _watch = Stopwatch.StartNew();
///
///     public void OnEpochEnd(FitContext training)
///     {
///         if (_watch.Elapsed > limit)
///             training.Stop();
///     }
/// }
/// </code>
/// Called on the thread that trains. An exception ends the training and comes out of Fit. A callback has no part in checkpoints.
/// </remarks>
public interface IFitCallback
{
    /// <summary>Before the first epoch that is run, and behind what a checkpoint brought back.</summary>
    /// <param name="training">Where the training stands.</param>
    void OnStart(FitContext training)
    {
    }

    /// <summary>Before an epoch, or before what is left of one that was interrupted.</summary>
    /// <param name="training">Where the training stands.</param>
    void OnEpochStart(FitContext training)
    {
    }

    /// <summary>After each update.</summary>
    /// <param name="training">Where the training stands.</param>
    void OnStepEnd(FitContext training)
    {
    }

    /// <summary>After an epoch and its validation: <see cref="FitContext.Completed"/> is what it came to.</summary>
    /// <param name="training">Where the training stands.</param>
    void OnEpochEnd(FitContext training)
    {
    }

    /// <summary>After the last epoch, also of a training that was stopped, but not of one that failed or was cancelled.</summary>
    /// <param name="training">Where the training stands; the network has the parameters that Fit leaves it with.</param>
    /// <param name="result">What Fit returns.</param>
    void OnEnd(FitContext training, FitResult result)
    {
    }
}
