using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>A trainer's one arena and where its regions start.</summary>
internal sealed class TrainerMemory : IDisposable
{
    private readonly AlignedArena _arena;
    private readonly long _otherGradients;
    private readonly int _gradientStride;

    /// <summary>Makes room.</summary>
    /// <param name="layout">The plan's numbers.</param>
    /// <param name="batch">The most images of a call, whose outputs the caller sees.</param>
    /// <param name="division">Its micro-batches, which have activations.</param>
    /// <param name="workers">How many workers there are.</param>
    /// <param name="states">The optimiser's numbers for each parameter.</param>
    /// <param name="inputGradients">Whether input gradients are asked for.</param>
    public TrainerMemory(TrainerLayout layout, int batch, BatchDivision division, int workers, int states, bool inputGradients)
    {
        long next = 0;
        long Region(long floats)
        {
            long start = next;
            next += (floats + 31) / 32 * 32;
            return start;
        }

        Parameters = Region(layout.TrainableFloats);
        Others = Region(layout.OtherFloats);
        Gradients = Region(layout.TrainableFloats);
        _gradientStride = ArenaLayout.RoundUp(layout.TrainableFloats);
        _otherGradients = Region((long)_gradientStride * (division.MostNodes(batch) - 1));
        StateStride = _gradientStride;
        States = Region((long)StateStride * states);
        Transposed = Region(layout.TransposedFloats);
        Shared = Region(layout.SharedFloats);
        WorkerStride = ArenaLayout.RoundUp(layout.WorkerFloats);
        Workers = Region((long)WorkerStride * workers);
        Batch = Region((long)layout.BatchFloats * division.MicroBatch);
        Optional = Region(inputGradients ? (long)layout.OptionalFloats * division.MicroBatch : 0);
        Outputs = Region((long)layout.OutputLength * batch);
        OutputGradients = Region((long)layout.OutputLength * batch);
        InputGradients = Region(inputGradients ? (long)layout.InputLength * batch : 0);
        _arena = new AlignedArena(next);
    }

    public long Parameters { get; }

    public long Others { get; }

    /// <summary>Those of the batch, once it is done.</summary>
    public long Gradients { get; }

    /// <summary>The optimiser's states, one after the other.</summary>
    public long States { get; }

    /// <summary>From a state to the next.</summary>
    public int StateStride { get; }

    public long Transposed { get; }

    public long Shared { get; }

    public long Workers { get; }

    public int WorkerStride { get; }

    public long Batch { get; }

    public long Optional { get; }

    public long Outputs { get; }

    public long OutputGradients { get; }

    public long InputGradients { get; }

    public long Length => _arena.Length;

    /// <summary>Where the gradients of a micro-batch, or a sum of several, lie.</summary>
    /// <param name="place">As <see cref="GradientNodes"/> counts.</param>
    public long GradientsAt(int place) => place == 0 ? Gradients : _otherGradients + ((long)_gradientStride * (place - 1));

    public ref float At(long offset) => ref Unsafe.Add(ref _arena.Start, (nint)offset);

    public Span<float> Slice(long offset, int length) => _arena.Slice(offset, length);

    public void Dispose() => _arena.Dispose();
}
