namespace Cnn.Training;

/// <summary>Callbacks of single functions.</summary>
public static class FitCallback
{
    /// <summary>Calls a function before each epoch.</summary>
    /// <param name="action">The function.</param>
    public static IFitCallback OnEpochStart(Action<FitContext> action) => new Function { EpochStart = NotNull(action) };

    /// <summary>Calls a function after each epoch and its validation.</summary>
    /// <param name="action">The function.</param>
    public static IFitCallback OnEpochEnd(Action<FitContext> action) => new Function { EpochEnd = NotNull(action) };

    /// <summary>Calls a function after each update.</summary>
    /// <param name="action">The function.</param>
    public static IFitCallback OnStepEnd(Action<FitContext> action) => new Function { StepEnd = NotNull(action) };

    private static Action<FitContext> NotNull(Action<FitContext> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        return action;
    }

    private sealed class Function : IFitCallback
    {
        public Action<FitContext>? EpochStart { private get; init; }

        public Action<FitContext>? EpochEnd { private get; init; }

        public Action<FitContext>? StepEnd { private get; init; }

        void IFitCallback.OnEpochStart(FitContext training) => EpochStart?.Invoke(training);

        void IFitCallback.OnEpochEnd(FitContext training) => EpochEnd?.Invoke(training);

        void IFitCallback.OnStepEnd(FitContext training) => StepEnd?.Invoke(training);
    }
}
