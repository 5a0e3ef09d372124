using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>A trainer's one arena and where its regions start.</summary>
internal sealed class TrainerMemory : IDisposable
{
    private readonly AlignedArena _arena;

    public TrainerMemory(TrainerLayout layout, int capacity, int workers, int states, bool inputGradients)
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
        StateStride = ArenaLayout.RoundUp(layout.TrainableFloats);
        States = Region((long)StateStride * states);
        Transposed = Region(layout.TransposedFloats);
        Shared = Region(layout.SharedFloats);
        WorkerStride = ArenaLayout.RoundUp(layout.WorkerFloats);
        Workers = Region((long)WorkerStride * workers);
        Batch = Region((long)layout.BatchFloats * capacity);
        Optional = Region(inputGradients ? (long)layout.OptionalFloats * capacity : 0);
        Outputs = Region((long)layout.OutputLength * capacity);
        OutputGradients = Region((long)layout.OutputLength * capacity);
        InputGradients = Region(inputGradients ? (long)layout.InputLength * capacity : 0);
        _arena = new AlignedArena(next);
    }

    public long Parameters { get; }

    public long Others { get; }

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

    public ref float At(long offset) => ref Unsafe.Add(ref _arena.Start, (nint)offset);

    public Span<float> Slice(long offset, int length) => _arena.Slice(offset, length);

    public void Dispose() => _arena.Dispose();
}
