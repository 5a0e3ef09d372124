using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cnn.CompilerServices;

/// <summary>What every generated predictor shares: memory, workers and the checks at its border.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract unsafe class PredictorCore : Addressing, IPredictor, IParallelRegion
{
    private readonly PredictorLayout _layout;
    private readonly PackedWeights _weights;
    private readonly AlignedArena _arena;

    /// <summary>For each worker the floats of the block of weights that it reads, where these are kept in fewer bits.</summary>
    private readonly AlignedArena _block;
    private readonly WorkerTeam _team;
    private readonly float[] _single;
    private readonly PortStage? _inputPorts;
    private readonly PortStage? _outputPorts;
    private NetworkCore? _traced;
    private readonly long _batchOffset;
    private float* _inputs;
    private float* _outputs;
    private int _busy;
    private bool _disposed;
    private PredictorCore? _tracer;

    /// <summary>Takes packed parameters and makes room for activations.</summary>
    /// <param name="layout">The plan's numbers.</param>
    /// <param name="weights">The packed parameters.</param>
    /// <param name="options">Batch size and threads.</param>
    protected PredictorCore(PredictorLayout layout, PackedWeights weights, PredictorOptions? options)
    {
        options ??= new PredictorOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchSize, 1, nameof(options.BatchSize));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads, nameof(options.Threads));
        if (!Enum.IsDefined(options.Weights))
            throw new ArgumentOutOfRangeException(nameof(options.Weights), options.Weights, "Weights are kept as Float32, BFloat16 or Int8.");
        _layout = layout;
        _weights = weights.In(options.Weights);
        BatchSize = options.BatchSize;
        _team = new WorkerTeam(options.Threads);
        _batchOffset = (long)ArenaLayout.RoundUp(layout.WorkerFloats) * _team.Count;
        _arena = new AlignedArena(_batchOffset + ((long)layout.BatchFloats * BatchSize));
        _block = new AlignedArena((long)(_weights.Stored?.ScratchFloats ?? 0) * _team.Count);
        _single = new float[layout.OutputLength];
        if (!layout.HasPortForms)
            return;
        _inputPorts = new PortStage(layout.InputLengths, BatchSize);
        _outputPorts = new PortStage(layout.OutputLengths, BatchSize);
    }

    /// <summary>The same for a predictor that can trace.</summary>
    /// <param name="layout">The plan's numbers.</param>
    /// <param name="weights">The packed parameters.</param>
    /// <param name="options">Batch size and threads.</param>
    /// <param name="network">Where the parameters come from; the predictor keeps a copy.</param>
    protected PredictorCore(PredictorLayout layout, PackedWeights weights, PredictorOptions? options, NetworkCore network)
        : this(layout, weights, options) => _traced = network.Snapshot();

    /// <summary>A clone: the same packed parameters, its own memory and workers.</summary>
    /// <param name="original">The predictor to clone.</param>
    protected PredictorCore(PredictorCore original)
        : this(original._layout, original.LiveWeights(), new PredictorOptions { BatchSize = original.BatchSize, Threads = original._team.Count }) =>
            _traced = original._traced;

    /// <inheritdoc/>
    public int BatchSize { get; }

    // A generated predictor stands in a class that has constants of these names.
    int IPredictor.InputLength => _layout.InputLength;

    int IPredictor.OutputLength => _layout.OutputLength;

    /// <summary>The images of this run.</summary>
    protected int Images { get; private set; }

    /// <summary>What the memory of a batch's tensors is made for.</summary>
    protected int Capacity => BatchSize;

    /// <summary>Predictors compute no gradients.</summary>
    protected static bool WithInputGradients => false;

    /// <summary>The packed parameters.</summary>
    protected ref float PackedParameters => ref _weights.Start;

    /// <summary>A layer's packed weight.</summary>
    /// <param name="worker">Who reads it.</param>
    /// <param name="offset">Where it starts among the packed parameters.</param>
    protected Weights Weight(in Worker worker, int offset) => _weights.Stored is { } stored
        ? new Weights(stored, offset, ref Unsafe.Add(ref _block.Start, (nint)stored.ScratchFloats * worker.Index))
        : new Weights(ref Unsafe.Add(ref _weights.Start, offset));

    /// <summary>The inputs as the user gave them.</summary>
    /// <param name="port">Of which input.</param>
    protected ref float UserInputs(int port) => ref Unsafe.AsRef<float>(_inputs + PortPlaces.Start(_layout.InputLengths, port, Images));

    /// <summary>Where the user wants the outputs.</summary>
    /// <param name="port">Which output.</param>
    protected ref float UserOutputs(int port) => ref Unsafe.AsRef<float>(_outputs + PortPlaces.Start(_layout.OutputLengths, port, Images));

    /// <summary>Tensors that each image has.</summary>
    protected ref float BatchMemory => ref Unsafe.Add(ref _arena.Start, (nint)_batchOffset);

    /// <summary>Floats of the arena, for tests of the plan.</summary>
    internal long ArenaFloats => _arena.Length;

    internal PredictorLayout PlannedLayout => _layout;

    /// <summary>The packed parameters.</summary>
    internal PackedWeights Weights => _weights;

    /// <summary>The layers that a trace shows.</summary>
    protected virtual NetworkSummary? TracedLayers => null;

    /// <summary>Where each layer's activation starts among the tracer's outputs.</summary>
    protected virtual ReadOnlySpan<int> TraceOffsets => [];

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        int images = InputCheck.Images(inputs, _layout.InputLength, BatchSize);
        InputCheck.Length(outputs.Length, images * _layout.OutputLength, nameof(outputs), "float for the outputs", "floats for the outputs");
        Enter();
        try
        {
            RunOn(images, inputs, outputs);
        }
        finally
        {
            End();
        }
    }

    /// <inheritdoc/>
    public int Classify(ReadOnlySpan<float> input)
    {
        PredictOne(input);
        int best = -1;
        for (int index = 0; index < _single.Length; index++)
        {
            if (!float.IsNaN(_single[index]) && (best < 0 || _single[index] > _single[best]))
                best = index;
        }

        return best >= 0 ? best : throw NoLargest(nameof(input));
    }

    /// <inheritdoc/>
    public IReadOnlyList<ClassScore> Top(ReadOnlySpan<float> input, int count, IReadOnlyList<string>? labels = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        PredictOne(input);
        IReadOnlyList<ClassScore> scores = ClassScore.Largest(_single, count, labels);
        return scores.Count > 0 ? scores : throw NoLargest(nameof(input));
    }

    /// <inheritdoc/>
    public ActivationTrace Trace(ReadOnlySpan<float> input)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        InputCheck.Length(input.Length, _layout.InputLength, nameof(input), "float for one input", "floats for one input");
        if (TracedLayers is not { } layers)
            throw new NotSupportedException(Untraceable());
        Enter();
        try
        {
            _tracer ??= CreateTracer(_traced ??= LoadEmbedded() ?? throw new NotSupportedException(Untraceable()));
            float[] values = new float[_tracer._layout.OutputLength];
            _tracer.Predict(input, values);
            Activation[] activations = new Activation[layers.Layers.Count];
            for (int index = 0; index < activations.Length; index++)
            {
                LayerSummary layer = layers.Layers[index];
                int length = layer.OutputShape.Aggregate(1, (product, axis) => product * axis);
                activations[index] = new Activation(layer, values.AsMemory(TraceOffsets[index], length));
            }

            return new ActivationTrace(activations);
        }
        finally
        {
            End();
        }
    }

    /// <summary>A predictor that shares the packed parameters and owns its buffers.</summary>
    public abstract PredictorCore Clone();

    IPredictor IPredictor.Clone() => Clone();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _tracer?.Dispose();
        _team.Dispose();
        _arena.Dispose();
        _block.Dispose();
        GC.SuppressFinalize(this);
    }

    void IParallelRegion.Run(in Worker worker) => Run(worker);

    /// <summary>The pass, as generated.</summary>
    /// <param name="worker">The worker that runs it.</param>
    protected abstract void Run(in Worker worker);

    /// <summary>
    /// The parameters as the weights file has them, for a trace of a predictor whose own are folded already: where the project has a trace, the file is
    /// inside the assembly. Null where it is not.
    /// </summary>
    protected virtual NetworkCore? LoadEmbedded() => null;

    /// <summary>The pass of the layers one by one, whose outputs are all activations.</summary>
    /// <param name="parameters">The parameters as they were when this predictor was made.</param>
    protected virtual PredictorCore CreateTracer(NetworkCore parameters) => throw new NotSupportedException(Untraceable());

    /// <summary>Tensors that live within one image's turn; where the workers do each image together, they are the first worker's.</summary>
    /// <param name="worker">Whose.</param>
    protected ref float WorkerMemory(in Worker worker) =>
        ref Unsafe.Add(ref _arena.Start, (nint)ArenaLayout.RoundUp(_layout.WorkerFloats) * (WorkTogether(worker) ? 0 : worker.Index));

    /// <summary>Tensors that nobody else sees; where the workers do each image together too.</summary>
    /// <param name="worker">Whose.</param>
    protected ref float OwnMemory(in Worker worker) => ref Unsafe.Add(ref _arena.Start, (nint)ArenaLayout.RoundUp(_layout.WorkerFloats) * worker.Index);

    /// <summary>A worker's images. Where there are fewer images than workers, all of them do each image together, part by part.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="from">Its first image.</param>
    /// <param name="to">The image behind its last.</param>
    /// <param name="part">Which part of an image's work is its own.</param>
    /// <param name="parts">Of how many.</param>
    protected void ShareImages(in Worker worker, out int from, out int to, out int part, out int parts)
    {
        if (WorkTogether(worker))
        {
            (from, to, part, parts) = (0, Images, worker.Index, worker.Count);
            return;
        }

        worker.Range(Images, out from, out to);
        (part, parts) = (0, 1);
    }

    /// <summary>Waits for the others that work on the same image.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="parts">How many work on it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Meet(in Worker worker, int parts)
    {
        if (parts > 1)
            worker.Barrier();
    }

    /// <summary>Begins a call with an argument for each port.</summary>
    /// <exception cref="InvalidOperationException">The predictor is running on another thread.</exception>
    protected void Begin()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Enter();
        _inputPorts!.Begin();
    }

    /// <summary>Takes an input of the call; the first one says how many images there are.</summary>
    /// <param name="port">Which.</param>
    /// <param name="values">The caller's numbers.</param>
    /// <param name="name">What the argument is called.</param>
    protected void TakeInput(int port, ReadOnlySpan<float> values, string name) => values.CopyTo(_inputPorts!.Of(port, values.Length, name));

    /// <inheritdoc cref="TakeInput(int, ReadOnlySpan{float}, string)"/>
    protected void TakeInput(int port, ReadOnlySpan<byte> values, string name) => ByteConversion.Widen(values, _inputPorts!.Of(port, values.Length, name));

    /// <summary>Checks the place for an output of the call, before anything is computed.</summary>
    /// <param name="port">Which.</param>
    /// <param name="length">Of the caller's memory.</param>
    /// <param name="name">What the argument is called.</param>
    protected void CheckOutput(int port, int length, string name)
    {
        _outputPorts!.Begin(_inputPorts!.Images);
        _outputPorts.Of(port, length, name);
    }

    /// <summary>Computes the outputs of the inputs that were taken.</summary>
    protected void RunTaken() => RunOn(_inputPorts!.Images, _inputPorts.Numbers, _outputPorts!.Numbers);

    /// <summary>Gives an output to the caller.</summary>
    /// <param name="port">Which.</param>
    /// <param name="values">The caller's memory.</param>
    protected void GiveOutput(int port, Span<float> values) => _outputPorts!.Of(port, values.Length, "").CopyTo(values);

    /// <summary>Ends a call: another one may begin.</summary>
    protected void End() => Volatile.Write(ref _busy, 0);

    private void RunOn(int images, ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        Images = images;
        try
        {
            fixed (float* input = inputs)
            fixed (float* output = outputs)
            {
                _inputs = input;
                _outputs = output;
                _team.Run(this);
            }
        }
        finally
        {
            _inputs = null;
            _outputs = null;
        }
    }

    /// <summary>The outputs of one input, of which one is the largest.</summary>
    private void PredictOne(ReadOnlySpan<float> input)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_layout.Unclassifiable is { } reason)
            throw new InvalidOperationException($"{reason}, and Classify and Top give classes of a single vector: call Predict, "
                + "and take the largest of the channels at each position of an output (Logits.LargestAtEachPosition in Cnn.Training).");
        InputCheck.Length(input.Length, _layout.InputLength, nameof(input), "float for one input", "floats for one input");
        Predict(input, _single);
    }

    private static ArgumentException NoLargest(string parameter) =>
        new("Every output is NaN, so there is no largest one: the input, or a parameter, is not a number.", parameter);

    private string Untraceable() => TracedLayers is not null
        ? $"{GetType()} was made from the weights inside the assembly, which are folded already, and a trace needs them as they were: "
            + "load the weights file and trace a predictor of that."
        : $"{GetType()} was generated without what a trace needs: set <CnnTrace>true</CnnTrace> in the project that declares the network. "
            + "(A network with more activations than an array can hold has no trace.)";

    private void Enter()
    {
        if (Interlocked.Exchange(ref _busy, 1) != 0)
            throw new InvalidOperationException("This predictor is running on another thread. Give each thread a Clone(), which shares the parameters.");
    }

    private bool WorkTogether(in Worker worker) => Images < worker.Count;

    private PackedWeights LiveWeights()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _weights;
    }
}
