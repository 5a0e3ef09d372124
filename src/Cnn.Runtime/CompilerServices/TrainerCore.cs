using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>What every generated trainer shares: memory, workers, the loss, the optimiser and the checks at its border.</summary>
/// <remarks>
/// One parallel region a step: forward, loss, backward and update run in it, with barriers between. The parameters are packed once and then live in
/// the arena; the network's own arrays are brought up to date when somebody looks.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract unsafe class TrainerCore : Addressing, ITrainer, IParallelRegion, IParameterOwner
{
    private readonly NetworkCore _network;
    private readonly TrainerLayout _layout;
    private readonly Optimizer _optimizer;
    private readonly Loss _loss;
    private readonly TrainerOptions _options;
    private readonly WorkerTeam _team;
    private readonly TrainerMemory _memory;
    private readonly PackedParameters _packed;
    private readonly int[] _labels;
    private readonly double[] _imageLosses;
    private float* _inputs;
    private float* _targets;
    private Work _work;
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
        ArgumentOutOfRangeException.ThrowIfNegative(_options.Threads, nameof(_options.Threads));
        optimizer.CheckSettings();
        CheckOutput(layout.OutputActivation, loss);
        _network = network;
        _layout = layout;
        _optimizer = optimizer;
        _loss = loss;
        network.Attach(this);
        try
        {
            _team = new WorkerTeam(_options.Threads);
            _memory = new TrainerMemory(layout, BatchSize, _team.Count, optimizer.StateCount, _options.InputGradients);
            _packed = new PackedParameters(network, _memory);
            _labels = new int[loss.TakesLabels ? BatchSize * layout.OutputPositions : 0];
            _imageLosses = new double[BatchSize];
        }
        catch
        {
            network.Detach(this);
            throw;
        }
    }

    private enum Work
    {
        ForwardBackward,
        Step,
        Update,
    }

    /// <inheritdoc/>
    public int BatchSize => _options.BatchSize;

    /// <inheritdoc/>
    public Span<float> Gradients => Live(_memory.Gradients, _layout.TrainableFloats);

    /// <inheritdoc/>
    public ReadOnlySpan<float> Outputs => Live(_memory.Outputs, Images * OutputLength);

    /// <inheritdoc/>
    public ReadOnlySpan<float> InputGradients
    {
        get
        {
            if (!WithInputGradients)
                throw new InvalidOperationException("This trainer computes no input gradients: create it with TrainerOptions { InputGradients = true }.");
            return Live(_memory.InputGradients, Images * _layout.InputLength);
        }
    }

    /// <summary>The images of this step.</summary>
    protected int Images { get; private set; }

    /// <summary>Whether input gradients are asked for.</summary>
    protected bool WithInputGradients => _options.InputGradients;

    /// <summary>The trainable parameters, packed.</summary>
    protected ref float PackedParameters => ref _memory.At(_memory.Parameters);

    /// <summary>The other parameters, packed.</summary>
    protected ref float PackedOthers => ref _memory.At(_memory.Others);

    /// <summary>The gradients, packed as the parameters are.</summary>
    protected ref float PackedGradients => ref _memory.At(_memory.Gradients);

    /// <summary>The transposed copies of weights.</summary>
    protected ref float TransposedWeights => ref _memory.At(_memory.Transposed);

    /// <summary>Tensors of which there is one.</summary>
    protected ref float SharedMemory => ref _memory.At(_memory.Shared);

    /// <summary>Tensors that each image has.</summary>
    protected ref float BatchMemory => ref _memory.At(_memory.Batch);

    /// <summary>Tensors that each image has where input gradients are asked for.</summary>
    protected ref float OptionalMemory => ref _memory.At(_memory.Optional);

    /// <summary>The inputs as the user gave them.</summary>
    protected ref float UserInputs => ref Unsafe.AsRef<float>(_inputs);

    /// <summary>The outputs as the user sees them.</summary>
    protected ref float UserOutputs => ref _memory.At(_memory.Outputs);

    /// <summary>The gradient of the loss with respect to the outputs.</summary>
    protected ref float OutputGradients => ref _memory.At(_memory.OutputGradients);

    /// <summary>The gradient with respect to the inputs, as the user sees it.</summary>
    protected ref float UserInputGradients => ref _memory.At(_memory.InputGradients);

    /// <summary>Floats of the arena, for tests of the plan.</summary>
    internal long ArenaFloats => _memory.Length;

    internal TrainerLayout PlannedLayout => _layout;

    /// <summary>Updates so far.</summary>
    internal long UpdateCount { get; private set; }

    /// <summary>Forward passes so far, which dropout draws from.</summary>
    internal long PassCount { get; private set; }

    private int OutputLength => _layout.OutputChannels * _layout.OutputPositions;

    private LossBatch LossShape => new(Images, _layout.OutputChannels, _layout.OutputPositions);

    /// <inheritdoc/>
    public float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels)
    {
        int images = CheckInputs(inputs);
        TakeLabels(labels, images);
        return RunOn(images, inputs, default, Work.Step);
    }

    /// <inheritdoc/>
    public float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets)
    {
        int images = CheckInputs(inputs);
        CheckTargets(targets, images);
        return RunOn(images, inputs, targets, Work.Step);
    }

    /// <inheritdoc/>
    public float ForwardBackward(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels)
    {
        int images = CheckInputs(inputs);
        TakeLabels(labels, images);
        return RunOn(images, inputs, default, Work.ForwardBackward);
    }

    /// <inheritdoc/>
    public float ForwardBackward(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets)
    {
        int images = CheckInputs(inputs);
        CheckTargets(targets, images);
        return RunOn(images, inputs, targets, Work.ForwardBackward);
    }

    /// <inheritdoc/>
    public void Update()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        TakeUserWrites();
        _work = Work.Update;
        _team.Run(this);
        AfterUpdate();
    }

    /// <inheritdoc/>
    public ReadOnlySpan<float> Gradient(string parameter)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _packed.Gradient(parameter);
    }

    /// <inheritdoc/>
    public void SaveState(Stream stream)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentNullException.ThrowIfNull(stream);
        TakeUserWrites();
        new TrainerState(_network, _memory, _optimizer, _options.Seed, UpdateCount, PassCount).Write(stream);
    }

    /// <inheritdoc/>
    public void LoadState(Stream stream)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentNullException.ThrowIfNull(stream);
        TrainerState state = TrainerState.Read(stream, _network, _memory, _optimizer, _options.Seed);
        state.Apply();
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
        if (_work != Work.Update)
        {
            if (_transposedIsStale)
            {
                Transpose(worker);
                worker.Barrier();
            }

            Forward(worker);
            worker.Barrier();
            EvaluateLoss(worker);
            worker.Barrier();
            Backward(worker);
            if (_work == Work.ForwardBackward)
                return;
            worker.Barrier();
        }

        UpdateShare(worker);
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

    /// <summary>Tensors that live within one image's turn.</summary>
    /// <param name="worker">Whose.</param>
    protected ref float WorkerMemory(in Worker worker) => ref _memory.At(_memory.Workers + ((long)_memory.WorkerStride * worker.Index));

    /// <summary>What the mask of a dropout layer is drawn from in this pass.</summary>
    /// <param name="layer">The ordinal of the dropout layer.</param>
    protected ulong DropoutKey(int layer) => new CounterRandom((uint)_options.Seed, 1 + (ulong)layer).UInt64((ulong)PassCount);

    private static void CheckOutput(OutputActivation activation, Loss loss)
    {
        bool doubled = loss is CrossEntropyLoss
            ? activation is OutputActivation.Softmax or OutputActivation.LogSoftmax
            : loss is ElementLoss<LogisticError> && activation is OutputActivation.Sigmoid;
        if (doubled)
        {
            throw new ArgumentException(
                $"The network ends in {activation}, which {loss.Name} contains already: it would be applied twice. Remove the layer, and apply it to the predictor's outputs where you need it.",
                nameof(loss));
        }
    }

    private int CheckInputs(ReadOnlySpan<float> inputs)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        int images = InputCheck.Images(inputs, _layout.InputLength, BatchSize);
        if (images < _layout.SmallestBatch)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{images} input was given, but BatchNorm on a flat vector needs at least {_layout.SmallestBatch}: one value a channel has no variance."),
                nameof(inputs));
        }

        InputCheck.Finite(inputs, _layout.InputLength, nameof(inputs));
        return images;
    }

    private void TakeLabels(ReadOnlySpan<int> labels, int images)
    {
        _loss.CheckTakesLabels();
        InputCheck.Length(labels.Length, images * _layout.OutputPositions, nameof(labels), "label", "labels");
        Loss.CheckLabels(labels, _layout.OutputChannels, _layout.OutputPositions);
        labels.CopyTo(_labels);
    }

    private void CheckTargets(ReadOnlySpan<float> targets, int images)
    {
        _loss.CheckTakesTargets();
        InputCheck.Length(targets.Length, images * OutputLength, nameof(targets), "target float", "target floats");
        InputCheck.Finite(targets, OutputLength, nameof(targets));
    }

    private float RunOn(int images, ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, Work work)
    {
        TakeUserWrites();
        Images = images;
        _work = work;
        fixed (float* input = inputs)
        fixed (float* target = targets)
        {
            _inputs = input;
            _targets = target;
            try
            {
                _team.Run(this);
            }
            finally
            {
                _inputs = null;
                _targets = null;
            }
        }

        _transposedIsStale = false;
        PassCount++;
        if (work == Work.Step)
            AfterUpdate();
        else
            _packed.MarkStatisticsNewer();
        return (float)_loss.Mean(_imageLosses, LossShape);
    }

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

    private void EvaluateLoss(in Worker worker)
    {
        worker.Range(Images, out int from, out int to);
        if (from == to)
            return;
        int length = Images * OutputLength;
        Span<float> outputs = _memory.Slice(_memory.Outputs, length);
        Span<float> gradient = _memory.Slice(_memory.OutputGradients, length);
        if (_loss.TakesLabels)
            _loss.EvaluateImages(outputs, _labels.AsSpan(0, Images * _layout.OutputPositions), gradient, LossShape, from, to, _imageLosses);
        else
            _loss.EvaluateImages(outputs, new ReadOnlySpan<float>(_targets, length), gradient, LossShape, from, to, _imageLosses);
    }

    private void UpdateShare(in Worker worker)
    {
        // Shares in whole cache lines; the rule is element by element, so that how it is shared does not matter.
        worker.Range(_layout.TrainableFloats / 16, out int from, out int to);
        if (from == to)
            return;
        int first = from * 16;
        _optimizer.Update(
            ref _memory.At(_memory.Parameters + first),
            ref _memory.At(_memory.Gradients + first),
            ref _memory.At(_memory.State0 + (_optimizer.StateCount > 0 ? first : 0)),
            ref _memory.At(_memory.State1 + (_optimizer.StateCount > 1 ? first : 0)),
            (to - from) * 16,
            UpdateCount + 1);
    }

    private Span<float> Live(long offset, int length)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _memory.Slice(offset, length);
    }
}
