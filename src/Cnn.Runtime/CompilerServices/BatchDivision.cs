using System.Globalization;

namespace Cnn.CompilerServices;

/// <summary>What part of a batch this process has, and how it is divided into micro-batches.</summary>
internal sealed class BatchDivision
{
    private readonly int _microBatch;
    private readonly IRanks? _ranks;
    private readonly long[] _images;
    private double[] _summands = [];

    /// <summary>For batches of one process, or of several.</summary>
    /// <param name="options">The micro-batch and the ranks.</param>
    public BatchDivision(TrainerOptions options)
    {
        _microBatch = options.MicroBatch == 0 ? options.BatchSize : Math.Min(options.MicroBatch, options.BatchSize);
        _ranks = options.Ranks is { Count: > 1 } ranks ? ranks : null;
        _images = new long[_ranks?.Count ?? 1];
        if (_ranks is not null && options.MicroBatch == 0)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{_ranks.Count} ranks share each batch, and MicroBatch is 0: set it, since ranks divide a batch into whole micro-batches."),
                nameof(options));
        }
    }

    /// <summary>The ranks, where there are several.</summary>
    public IRanks? Ranks => _ranks;

    /// <summary>Images of a micro-batch but the batch's last.</summary>
    public int MicroBatch => _microBatch;

    /// <summary>Images of the batch over all ranks.</summary>
    public int AllImages { get; private set; }

    /// <summary>Micro-batches of the batch over all ranks.</summary>
    public int AllMicroBatches { get; private set; }

    /// <summary>Images of the ranks before this one.</summary>
    public int FirstImage { get; private set; }

    /// <summary>Micro-batches of the ranks before this one.</summary>
    public int FirstMicroBatch => FirstImage / _microBatch;

    /// <summary>Micro-batches of this rank.</summary>
    public int MicroBatches => MicroBatchesOf(_ranks?.Rank ?? 0);

    /// <summary>How many sums of gradients wait at once, at most.</summary>
    /// <param name="images">The most images of this process.</param>
    public int MostNodes(int images) => GradientTree.Places((int)(((long)images + _microBatch - 1) / _microBatch), isWhole: _ranks is null);

    /// <summary>Takes a batch; where there are ranks, learns how many images the others have.</summary>
    /// <param name="images">This rank's.</param>
    /// <exception cref="ArgumentException">A rank has images behind a micro-batch that is not whole.</exception>
    public void Begin(int images)
    {
        Array.Clear(_images);
        int rank = _ranks?.Rank ?? 0;
        _images[rank] = images;
        _ranks?.Sum(_images.AsSpan());
        AllImages = checked((int)_images.Sum());
        AllMicroBatches = (int)(((long)AllImages + _microBatch - 1) / _microBatch);
        int before = 0;
        for (int index = 0; index < _images.Length; index++)
        {
            if (index == rank)
                FirstImage = before;
            if (before % _microBatch != 0 && _images[index] > 0)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture,
                        $"Of the images of the batch the ranks have {string.Join(", ", _images)}, in micro-batches of {_microBatch}: only the last rank "
                        + $"with images may have one that is not whole. RankSums.ShareOf divides a batch so."));
            }

            before += (int)_images[index];
        }
    }

    /// <summary>Micro-batches of a rank.</summary>
    public int MicroBatchesOf(int rank) => (int)((_images[rank] + _microBatch - 1) / _microBatch);

    /// <summary>The sum over all micro-batches, added in their order.</summary>
    /// <param name="ofEach">What each micro-batch of this rank contributes.</param>
    public double Sum(ReadOnlySpan<double> ofEach)
    {
        if (_ranks is not null)
        {
            if (_summands.Length < AllMicroBatches)
                _summands = new double[AllMicroBatches];
            Span<double> all = _summands.AsSpan(0, AllMicroBatches);
            all.Clear();
            ofEach.CopyTo(all[FirstMicroBatch..]);
            _ranks.Sum(all);
            ofEach = all;
        }

        double sum = 0;
        foreach (double one in ofEach)
            sum += one;
        return sum;
    }
}
