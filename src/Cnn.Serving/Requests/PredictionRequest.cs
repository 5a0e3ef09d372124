using System.Diagnostics;

namespace Cnn.Serving.Requests;

/// <summary>One input that waits for its outputs.</summary>
/// <remarks>
/// It is waiting, then either started or cancelled, and never both: what was started is finished before its task ends, so that nobody writes into
/// memory that a caller has taken back.
/// </remarks>
internal sealed class PredictionRequest(ReadOnlyMemory<float> input, Memory<float> output)
    : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private const int Waiting = 0;
    private const int Started = 1;
    private const int Cancelled = 2;

    private int _state = Waiting;

    public ReadOnlyMemory<float> Input { get; } = input;

    public Memory<float> Output { get; } = output;

    public LinkedListNode<PredictionRequest>? Node { get; set; }

    public long Arrival { get; } = Stopwatch.GetTimestamp();

    public TimeSpan Age => Stopwatch.GetElapsedTime(Arrival);

    public bool TryStart() => Interlocked.CompareExchange(ref _state, Started, Waiting) == Waiting;

    public bool TryCancel() => Interlocked.CompareExchange(ref _state, Cancelled, Waiting) == Waiting;
}
