namespace Cnn.Serving.Tests;

/// <summary>Gives each input plus one, when the gate is open, and remembers how many came together.</summary>
internal sealed class GatedPredictor : IPredictor
{
    private readonly State _state;

    public GatedPredictor(PredictorOptions options)
        : this(new State(), options.BatchSize)
    {
    }

    private GatedPredictor(State state, int batchSize)
    {
        (_state, BatchSize) = (state, batchSize);
        Interlocked.Increment(ref _state.Alive);
    }

    public int BatchSize { get; }

    public int InputLength => 3;

    public int OutputLength => 3;

    public ManualResetEventSlim Gate => _state.Gate;

    public IReadOnlyList<int> Batches
    {
        get
        {
            lock (_state.Batches)
                return [.. _state.Batches];
        }
    }

    public int Alive => _state.Alive;

    public SemaphoreSlim Entered => _state.Entered;

    public void Predict(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        lock (_state.Batches)
            _state.Batches.Add(inputs.Length / 3);
        _state.Entered.Release();
        _state.Gate.Wait();
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i] == -1)
                throw new InvalidOperationException("minus one");
            outputs[i] = inputs[i] + 1;
        }
    }

    public int Classify(ReadOnlySpan<float> input) => throw new NotSupportedException();

    public IPredictor Clone() => new GatedPredictor(_state, BatchSize);

    public void Dispose() => Interlocked.Decrement(ref _state.Alive);

    private sealed class State
    {
        public ManualResetEventSlim Gate { get; } = new(initialState: true);

        public SemaphoreSlim Entered { get; } = new(0);

        public List<int> Batches { get; } = [];

        public int Alive;
    }
}
