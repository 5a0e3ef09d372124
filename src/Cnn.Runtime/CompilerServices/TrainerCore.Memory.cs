using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <content>What generated passes read and write.</content>
public abstract unsafe partial class TrainerCore
{
    /// <summary>The images of this micro-batch.</summary>
    protected int Images { get; private set; }

    /// <summary>The first of them within the batch, over all ranks where several share it.</summary>
    protected int FirstImage => _division.FirstImage + _firstOwn;

    /// <summary>The most images that a micro-batch has: what the memory of a batch's tensors is made for.</summary>
    protected int Capacity => _division.MicroBatch;

    /// <summary>Whether input gradients are asked for.</summary>
    protected bool WithInputGradients => _options.InputGradients;

    /// <summary>The trainable parameters, packed.</summary>
    protected ref float PackedParameters => ref _memory.At(_memory.Parameters);

    /// <summary>The other parameters, packed.</summary>
    protected ref float PackedOthers => ref _memory.At(_memory.Others);

    /// <summary>The gradients of this micro-batch, packed as the parameters are.</summary>
    protected ref float PackedGradients => ref _memory.At(_memory.GradientsAt(_place));

    /// <summary>The transposed copies of weights.</summary>
    protected ref float TransposedWeights => ref _memory.At(_memory.Transposed);

    /// <summary>Tensors of which there is one.</summary>
    protected ref float SharedMemory => ref _memory.At(_memory.Shared);

    /// <summary>Tensors that each image has.</summary>
    protected ref float BatchMemory => ref _memory.At(_memory.Batch);

    /// <summary>Tensors that each image has where input gradients are asked for.</summary>
    protected ref float OptionalMemory => ref _memory.At(_memory.Optional);

    /// <summary>The inputs of this micro-batch as the user gave them.</summary>
    /// <param name="port">Of which input.</param>
    protected ref float UserInputs(int port) => ref Unsafe.AsRef<float>(_inputs + PortOffset(_layout.InputLengths, port));

    /// <summary>The outputs of this micro-batch as the user sees them.</summary>
    /// <param name="port">Which output.</param>
    protected ref float UserOutputs(int port) => ref _memory.At(_memory.Outputs + PortOffset(_layout.OutputLengths, port));

    /// <summary>The gradient of the loss with respect to the outputs of this micro-batch.</summary>
    /// <param name="port">Which output.</param>
    protected ref float OutputGradientsOf(int port) => ref _memory.At(_memory.OutputGradients + PortOffset(_layout.OutputLengths, port));

    /// <summary>The gradient with respect to the inputs of this micro-batch, as the user sees it.</summary>
    /// <param name="port">By which input.</param>
    protected ref float UserInputGradients(int port) => ref _memory.At(_memory.InputGradients + PortOffset(_layout.InputLengths, port));

    /// <summary>Tensors that live within one image's turn.</summary>
    /// <param name="worker">Whose.</param>
    protected ref float WorkerMemory(in Worker worker) => ref _memory.At(_memory.Workers + ((long)_memory.WorkerStride * worker.Index));

    /// <summary>What the mask of a dropout layer is drawn from in this pass, forward and backward.</summary>
    /// <param name="layer">The ordinal of the dropout layer.</param>
    protected ulong DropoutKey(int layer) => new CounterRandom((uint)_options.Seed, 1 + (ulong)layer).UInt64((ulong)_drawnPass);

    /// <summary>Where a port's numbers of this micro-batch start.</summary>
    private long PortOffset(int[] lengths, int port) => PortPlaces.Start(lengths, port, _outputs.Images) + ((long)_firstOwn * lengths[port]);
}
