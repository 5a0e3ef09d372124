namespace Cnn.Serving;

/// <summary>As many requests wait as may: this one was refused, and nothing was computed. A web service answers 503.</summary>
public sealed class PredictorPoolFullException : Exception
{
    internal PredictorPoolFullException(int queueLength)
        : base($"{CountFormat.Of(queueLength, "request")} wait for a predictor already, which is as many as may. Try again later.") =>
            QueueLength = queueLength;

    /// <summary>How many may wait.</summary>
    public int QueueLength { get; }
}
