namespace Cnn.Data;

/// <summary>How a <see cref="BatchLoader"/> or an <see cref="ExampleLoader"/> loads.</summary>
public sealed record LoaderOptions
{
    /// <summary>Images a batch, at least 1. Default 64.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Decides orders and variations. Default 0.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// Whether each epoch has an order of its own. Default true; false keeps the dataset's order, as for evaluation. A stream keeps its own order; see
    /// <see cref="ExampleSources.Shuffled"/>.
    /// </summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Whether a last batch that is not full is left out. Default false.</summary>
    public bool DropLast { get; init; }

    /// <summary>How images are varied. Default: not at all.</summary>
    public Augmentation? Augmentation { get; init; }

    /// <summary>What is done with each channel, after the variation. Default: nothing.</summary>
    public ChannelNormalization? Normalization { get; init; }

    /// <summary>
    /// The shape of the images, channels first, where the source does not know it and they are varied. Default: null, that of an <see cref="ImageDataset"/>.
    /// </summary>
    public IReadOnlyList<int>? ImageShape { get; init; }

    /// <summary>The number of classes, where the source does not know it and they are mixed. Default 0, that of an <see cref="ImageDataset"/>.</summary>
    public int Classes { get; init; }

    /// <summary>Which part of each batch is loaded, from 0 on, where <see cref="Parts"/> share it. Default 0.</summary>
    public int Part { get; init; }

    /// <summary>How many share each batch, in the order of its examples; some may have none of a small one. Default 1: all of it is loaded.</summary>
    public int Parts { get; init; } = 1;

    /// <summary>Examples that are not divided between two parts. Default 1.</summary>
    public int MicroBatch { get; init; } = 1;

    /// <summary>
    /// Threads that load ahead. Default 1; with 0 a batch is loaded when it is asked for, by the thread that asks, as always on WebAssembly, which
    /// has no others. The batches are the same.
    /// </summary>
    public int Workers { get; init; } = 1;
}
