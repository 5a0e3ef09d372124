using System.Globalization;

namespace Cnn.CompilerServices;

/// <content>A batch, micro-batch by micro-batch, and together with other ranks.</content>
public abstract unsafe partial class TrainerCore
{
    private float RunWithLoss(int images, ReadOnlySpan<float> inputs, Work work)
    {
        _division.Begin(images);
        _outputs.Weigh(_division);
        if (_rankGradients is null)
        {
            Run(images, inputs, work);
        }
        else
        {
            Run(images, inputs, Work.ForwardBackward);
            SumOverRanks();
            if (work == Work.Step)
                RunUpdate();
        }

        if (work == Work.Step)
            AfterUpdate();
        return _outputs.Loss(_division);
    }

    private void RunForward(int images, ReadOnlySpan<float> inputs)
    {
        if (images > Capacity)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{CountFormat.Of(images, "input was", "inputs were")} given, and Forward keeps for Backward what one micro-batch of {Capacity} needs: "
                    + $"give at most {Capacity}, or a larger TrainerOptions.MicroBatch."),
                nameof(inputs));
        }

        _division.Begin(images);
        Run(images, inputs, Work.Forward);
        _outputs.ClearGradients();
        _awaitsBackward = true;
    }

    private void Run(int images, ReadOnlySpan<float> inputs, Work work)
    {
        TakeUserWrites();
        _outputs.Begin(images);
        _drawnPass = PassCount;
        _work = work;
        _awaitsBackward = false;
        fixed (float* input = inputs)
        {
            _inputs = input;
            try
            {
                RunMicroBatches(images);
            }
            finally
            {
                // Also where a loss of the user's throws: the forward pass has moved running statistics.
                _inputs = null;
                _packed.MarkStatisticsNewer();
            }
        }

        PassCount++;
    }

    private void RunMicroBatches(int images)
    {
        _nodes.Clear();
        for (_firstOwn = 0; _firstOwn < images; _firstOwn += Capacity)
        {
            int index = FirstImage / Capacity;
            Images = Math.Min(Capacity, images - _firstOwn);
            _isLast = _firstOwn + Images == images;
            _place = _nodes.Count;
            _sums = _nodes.Add(new GradientNode(index, index + 1), _division.AllMicroBatches);
            _team.Run(this);
            _transposedIsStale = false;
        }

        _firstOwn = 0;
    }

    /// <summary>Of one process alone, nothing.</summary>
    private void SumOverRanks()
    {
        if (_rankGradients is null)
            return;
        _rankGradients.Sum(_memory, _division, _nodes);
        _updates.ClearOthers(new Worker(null, 0, 1), _memory);
    }

    private void RunUpdate()
    {
        _work = Work.Update;
        _team.Run(this);
    }

    /// <summary>The sums behind a micro-batch; the workers divide the parameters.</summary>
    private void SumGradients(in Worker worker)
    {
        worker.Range(_layout.TrainableFloats / 16, out int from, out int to);
        for (int place = _place; place > _place - _sums; place--)
        {
            ref float left = ref _memory.At(_memory.GradientsAt(place - 1) + (from * 16));
            ElementWise.Add(ref left, ref _memory.At(_memory.GradientsAt(place) + (from * 16)), ref left, (to - from) * 16);
        }
    }
}
