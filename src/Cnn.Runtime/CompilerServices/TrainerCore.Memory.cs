using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <content>What generated passes read and write.</content>
public abstract unsafe partial class TrainerCore
{
    /// <summary>The images of this step.</summary>
    protected int Images => _outputs.Images;

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
    protected ref float OutputGradientMemory => ref _memory.At(_memory.OutputGradients);

    /// <summary>The gradient with respect to the inputs, as the user sees it.</summary>
    protected ref float UserInputGradients => ref _memory.At(_memory.InputGradients);

    /// <summary>Tensors that live within one image's turn.</summary>
    /// <param name="worker">Whose.</param>
    protected ref float WorkerMemory(in Worker worker) => ref _memory.At(_memory.Workers + ((long)_memory.WorkerStride * worker.Index));

    /// <summary>What the mask of a dropout layer is drawn from in this pass, forward and backward.</summary>
    /// <param name="layer">The ordinal of the dropout layer.</param>
    protected ulong DropoutKey(int layer) => new CounterRandom((uint)_options.Seed, 1 + (ulong)layer).UInt64((ulong)_drawnPass);
}
