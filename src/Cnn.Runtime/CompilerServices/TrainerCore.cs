using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>What every generated trainer shares: memory, workers, the loss, the optimiser and the checks at its border.</summary>
/// <remarks>
/// One parallel region a step: forward, loss, backward and update run in it, with barriers between. The parameters are packed once and then live in
/// the arena; the network's own arrays are brought up to date when somebody looks.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract unsafe partial class TrainerCore : Addressing, ITrainer, IParallelRegion, IParameterOwner
{
    private readonly NetworkCore _network;
    private readonly TrainerLayout _layout;
    private readonly Optimizer _optimizer;
    private readonly TrainerOptions _options;
    private readonly WorkerTeam _team;
    private readonly TrainerMemory _memory;
    private readonly PackedParameters _packed;
    private readonly ParameterUpdates _updates;
    private readonly TrainerInputs _inputPorts;
    private readonly TrainerOutputs _outputs;
    private readonly BatchDivision _division;
    private readonly GradientNodes _nodes;
    private readonly RankGradients? _rankGradients;
    private float* _inputs;
    private Work _work;
    private int _firstOwn;
    private int _place;
    private int _sums;
    private bool _isLast;
    private long _drawnPass;
    private bool _awaitsBackward;
    private bool _transposedIsStale = true;
    private bool _disposed;

    /// <summary>Takes over a network's parameters and makes room for one batch.</summary>
    /// <param name="network">The parameters.</param>
    /// <param name="layout">The plan's numbers.</param>
    /// <param name="optimizer">The update rule.</param>
    /// <param name="loss">What is minimised.</param>
    /// <param name="options">Batch size, threads and seed.</param>
    protected TrainerCore(NetworkCore network, TrainerLayout layout, Optimizer optimizer, Loss loss, TrainerOptions? options)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(loss);
        _options = options ?? new TrainerOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.BatchSize, 1, nameof(_options.BatchSize));
        ArgumentOutOfRangeException.ThrowIfNegative(_options.MicroBatch, nameof(_options.MicroBatch));
        ArgumentOutOfRangeException.ThrowIfNegative(_options.Threads, nameof(_options.Threads));
        _division = new BatchDivision(_options);
        _nodes = new GradientNodes(_division.MostNodes(_options.BatchSize));
        optimizer.CheckSettings();
        OutputLoss[] losses = TrainerOutputs.LossesOf(layout.Outputs, loss, _options.BatchSize);
        _updates = new ParameterUpdates(network, layout.TrainableFloats, optimizer, _options);
        _network = network;
        _layout = layout;
        _optimizer = optimizer;
        _inputPorts = new TrainerInputs(layout, _options.BatchSize, _division);
        network.Attach(this);
        try
        {
            _team = new WorkerTeam(_options.Threads == 0 ? _options.Ranks?.Threads ?? 0 : _options.Threads);
            _memory = new TrainerMemory(layout, BatchSize, _division, _team.Count, optimizer.StateCount, _options.InputGradients);
            _packed = new PackedParameters(network, _memory);
            _outputs = new TrainerOutputs(layout.Outputs, losses, _memory, BatchSize);
            _rankGradients = _division.Ranks is null ? null : new RankGradients(_division.Ranks, _options.RankPrecision, layout.TrainableFloats);
        }
        catch
        {
            network.Detach(this);
            throw;
        }
    }

    private enum Work
    {
        Forward,
        Backward,
        ForwardBackward,
        Step,
        Update,
    }

    /// <inheritdoc/>
    public int BatchSize => _options.BatchSize;

    /// <inheritdoc/>
    public Span<float> Gradients => Live(_memory.Gradients, _layout.TrainableFloats);

    /// <inheritdoc/>
    public ReadOnlySpan<float> Outputs
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _outputs.Shown();
        }
    }

    /// <inheritdoc/>
    public Span<float> OutputGradients
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _outputs.ShownGradients();
        }
    }

    /// <inheritdoc/>
    public ReadOnlySpan<float> OutputLosses => _outputs.LossOfEach;

    /// <inheritdoc/>
    public ReadOnlySpan<float> InputGradients
    {
        get
        {
            if (!WithInputGradients)
                throw new InvalidOperationException("This trainer computes no input gradients: create it with TrainerOptions { InputGradients = true }.");
            return Live(_memory.InputGradients, _outputs.Images * _layout.InputLength);
        }
    }

    /// <summary>Floats of the arena, for tests of the plan.</summary>
    internal long ArenaFloats => _memory.Length;

    internal TrainerLayout PlannedLayout => _layout;

    /// <summary>Updates so far.</summary>
    internal long UpdateCount { get; private set; }

    /// <summary>Forward passes so far, which dropout draws from.</summary>
    internal long PassCount { get; private set; }

    /// <inheritdoc/>
    public float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels) => RunOn(inputs, labels, Work.Step);

    /// <inheritdoc/>
    public float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => RunOn(inputs, targets, Work.Step);

    /// <inheritdoc/>
    public float Step(ReadOnlySpan<float> inputs, TargetSet targets) => RunOn(inputs, targets, Work.Step);

    /// <inheritdoc/>
    public float ForwardBackward(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels) => RunOn(inputs, labels, Work.ForwardBackward);

    /// <inheritdoc/>
    public float ForwardBackward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets) => RunOn(inputs, targets, Work.ForwardBackward);

    /// <inheritdoc/>
    public float ForwardBackward(ReadOnlySpan<float> inputs, TargetSet targets) => RunOn(inputs, targets, Work.ForwardBackward);

    /// <inheritdoc/>
    public ReadOnlySpan<float> Forward(ReadOnlySpan<float> inputs)
    {
        RunForward(CheckInputs(inputs), inputs);
        return _outputs.Shown();
    }

    /// <inheritdoc/>
    public void Backward()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_awaitsBackward)
        {
            throw new InvalidOperationException(
                "Backward goes back through a Forward that came just before, with no other pass, update or state between: "
                + "call Forward, fill OutputGradients, then call Backward, once.");
        }

        _awaitsBackward = false;
        _outputs.TakeGradients();
        _work = Work.Backward;

        // A rank may have no images of a batch.
        if (_outputs.Images > 0)
            _team.Run(this);
        SumOverRanks();
    }

    /// <inheritdoc/>
    public void Update()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        TakeUserWrites();
        _awaitsBackward = false;
        RunUpdate();
        AfterUpdate();
    }

    /// <inheritdoc/>
    public ReadOnlySpan<float> Gradient(string parameter)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _packed.Gradient(parameter, _updates);
    }

    /// <inheritdoc/>
    public void SaveState(Stream stream)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentNullException.ThrowIfNull(stream);
        TakeUserWrites();
        new TrainerState(_network, _memory, _optimizer, _updates.Identity, _options.Seed, UpdateCount, PassCount).Write(stream);
    }

    /// <inheritdoc/>
    public void LoadState(Stream stream)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentNullException.ThrowIfNull(stream);
        TrainerState state = TrainerState.Read(stream, _network, _memory, _optimizer, _updates.Identity, _options.Seed);
        state.Apply();
        _awaitsBackward = false;
        UpdateCount = state.Updates;
        PassCount = state.Passes;
        _packed.MarkNewer();
        _transposedIsStale = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
            return;
        _packed.UnpackAll();
        _disposed = true;
        _network.Detach(this);
        _team.Dispose();
        _memory.Dispose();
        GC.SuppressFinalize(this);
    }

    void IParameterOwner.BeforeAccess(Parameter parameter) => _packed.BeforeAccess(parameter);

    void IParallelRegion.Run(in Worker worker)
    {
        if (_work == Work.Backward)
        {
            RunBackward(worker);
            return;
        }

        if (_work != Work.Update)
        {
            if (_transposedIsStale)
            {
                Transpose(worker);
                worker.Barrier();
            }

            Forward(worker);
            if (_work == Work.Forward)
                return;
            worker.Barrier();
            _outputs.Evaluate(worker, _firstOwn, Images);
            worker.Barrier();
            RunBackward(worker);
            if (_work == Work.ForwardBackward || !_isLast)
                return;
            worker.Barrier();
        }

        _updates.Run(worker, _memory, UpdateCount + 1);
    }

    /// <summary>The forward pass, as generated.</summary>
    /// <param name="worker">The worker that runs it.</param>
    protected abstract void Forward(in Worker worker);

    /// <summary>The backward pass, as generated.</summary>
    /// <param name="worker">The worker that runs it.</param>
    protected abstract void Backward(in Worker worker);

    /// <summary>Makes the transposed copies of the weights, as generated.</summary>
    /// <param name="worker">The worker that runs it.</param>
    protected abstract void Transpose(in Worker worker);

    private void AfterUpdate()
    {
        UpdateCount++;
        _packed.MarkNewer();
        _transposedIsStale = true;
    }

    /// <summary>What the user may have written into the parameters since the last step is packed anew.</summary>
    private void TakeUserWrites()
    {
        if (_packed.PackWritten())
            _transposedIsStale = true;
    }

    private void RunBackward(in Worker worker)
    {
        Backward(worker);
        if (_sums > 0)
        {
            worker.Barrier();
            SumGradients(worker);
        }

        if (_updates.TrainAll || !_isLast)
            return;
        worker.Barrier();
        _updates.ClearOthers(worker, _memory);
    }

    private Span<float> Live(long offset, int length)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _memory.Slice(offset, length);
    }
}
