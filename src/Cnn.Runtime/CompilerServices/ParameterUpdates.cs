using System.Text;

namespace Cnn.CompilerServices;

/// <summary>How an optimiser goes over the packed parameters: which are trained, with what, and how workers share them.</summary>
internal sealed class ParameterUpdates
{
    /// <summary>
    /// Floats whose norms are summed by one worker: whole cache lines, and few enough that they are still in its cache when the norms are known.
    /// </summary>
    private const int Chunk = 4096;

    private readonly Optimizer _optimizer;
    private readonly HashSet<string> _trained;
    private readonly UpdateSegment[] _segments;
    private readonly (int Segment, int Start, int End)[] _chunks;
    private readonly Norms[] _norms;
    private readonly PackedPadding? _padding;
    private readonly int _floats;

    /// <summary>Asks the options for each parameter, once.</summary>
    /// <param name="network">The parameters.</param>
    /// <param name="floats">The packed trainable parameters.</param>
    /// <param name="optimizer">The update rule.</param>
    /// <param name="options">Groups, and which parameters are trained.</param>
    public ParameterUpdates(NetworkCore network, int floats, Optimizer optimizer, TrainerOptions options)
    {
        _optimizer = optimizer;
        _floats = floats;
        (ParameterDefinition Definition, Parameter Parameter)[] trainable =
            [.. network.Definitions.Zip(network.Parameters).Where(static pair => pair.First.IsTrainable).OrderBy(static pair => pair.First.Offset)];
        _trained = [.. trainable.Where(pair => options.Trains?.Invoke(pair.Parameter) ?? true).Select(static pair => pair.Definition.Name)];
        TrainAll = _trained.Count == trainable.Length;
        CheckGroups(options, network.Parameters);
        int[] ends = [.. trainable.Skip(1).Select(static pair => pair.Definition.Offset), floats];
        UpdateSegment[] ofEach =
            [.. trainable.Select((pair, index) => SegmentOf(pair.Parameter, index == 0 ? 0 : pair.Definition.Offset, ends[index], options))];
        Identity = IdentityOf(ofEach, trainable);
        _segments = optimizer.UsesNorms ? ofEach : Joined(ofEach);
        _chunks = optimizer.UsesNorms ? Chunks(_segments) : [];
        _norms = new Norms[_chunks.Length];
        _padding = optimizer.KeepsPadding ? null : new PackedPadding(network.Definitions, floats);
    }

    /// <summary>Whether all trainable parameters are trained.</summary>
    public bool TrainAll { get; }

    /// <summary>The optimiser, and how it is used: a saved state fits where this is equal.</summary>
    public string Identity { get; }

    /// <summary>Whether a parameter is trained.</summary>
    public bool Trains(string name) => _trained.Contains(name);

    /// <summary>Sets the gradients of parameters that are not trained to 0; the workers divide them.</summary>
    public void ClearOthers(in Worker worker, TrainerMemory memory)
    {
        worker.Range(_floats / 16, out int from, out int to);
        foreach (UpdateSegment segment in _segments)
        {
            int start = Math.Max(segment.Start, from * 16);
            int end = Math.Min(segment.End, to * 16);
            if (!segment.IsTrained && start < end)
                memory.Slice(memory.Gradients + start, end - start).Clear();
        }
    }

    /// <summary>One step of the optimiser; the workers divide the parameters.</summary>
    /// <param name="worker">Who this is.</param>
    /// <param name="memory">Parameters, gradients and states.</param>
    /// <param name="number">Which step, from 1.</param>
    public void Run(in Worker worker, TrainerMemory memory, long number)
    {
        if (_optimizer.UsesNorms)
        {
            RunWithNorms(worker, memory, number);
            return;
        }

        // Shares in whole cache lines; the rule is element by element, so that how it is shared does not matter.
        worker.Range(_floats / 16, out int from, out int to);
        UpdateStep step = _optimizer.At(number);
        foreach (UpdateSegment segment in _segments)
        {
            int start = Math.Max(segment.Start, from * 16);
            int end = Math.Min(segment.End, to * 16);
            if (segment.IsTrained && start < end)
                Update(memory, start, end, step with { LearningRate = step.LearningRate * segment.Rate, WeightDecay = segment.Decay });
        }
    }

    private static UpdateSegment[] Joined(UpdateSegment[] segments)
    {
        List<UpdateSegment> joined = [];
        foreach (UpdateSegment segment in segments)
        {
            if (joined.Count > 0 && joined[^1].IsLike(segment))
                joined[^1] = joined[^1] with { End = segment.End };
            else
                joined.Add(segment);
        }

        return [.. joined];
    }

    private static (int Segment, int Start, int End)[] Chunks(UpdateSegment[] segments)
    {
        List<(int, int, int)> chunks = [];
        for (int segment = 0; segment < segments.Length; segment++)
        {
            for (int start = segments[segment].Start; segments[segment].IsTrained && start < segments[segment].End; start += Chunk)
                chunks.Add((segment, start, Math.Min(start + Chunk, segments[segment].End)));
        }

        return [.. chunks];
    }

    private static void CheckGroups(TrainerOptions options, ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(options.Groups);
        foreach (ParameterGroup group in options.Groups)
        {
            ArgumentNullException.ThrowIfNull(group, nameof(options));
            if (group.Name is { } name && !parameters.Any(group.Contains))
            {
                string names = string.Join(", ", parameters.Select(static parameter => parameter.Name));
                throw new ArgumentException($"No parameter belongs to the group '{name}'. There are: {names}.", nameof(options));
            }
        }
    }

    private UpdateSegment SegmentOf(Parameter parameter, int start, int end, TrainerOptions options)
    {
        UpdateSegment segment = new(start, end, 1, _optimizer.Decay, _trained.Contains(parameter.Name));
        foreach (ParameterGroup group in options.Groups)
        {
            if (group.Contains(parameter))
                segment = segment with { Rate = segment.Rate * group.LearningRateFactor, Decay = group.WeightDecay ?? segment.Decay };
        }

        return segment;
    }

    private string IdentityOf(UpdateSegment[] segments, (ParameterDefinition Definition, Parameter Parameter)[] trainable)
    {
        StringBuilder identity = new(_optimizer.Identity);
        for (int index = 0; index < segments.Length; index++)
        {
            UpdateSegment segment = segments[index];
            string name = trainable[index].Definition.Name;
            if (!segment.IsTrained)
                identity.Append(FormattableString.Invariant($"; {name} left out"));
            else if (segment.Rate != 1 || segment.Decay != _optimizer.Decay)
                identity.Append(FormattableString.Invariant($"; {name} rate*{segment.Rate} weight_decay={segment.Decay}"));
        }

        return identity.ToString();
    }

    private void RunWithNorms(in Worker worker, TrainerMemory memory, long number)
    {
        worker.Range(_chunks.Length, out int from, out int to);
        UpdateStep step = _optimizer.At(number);
        for (int index = from; index < to; index++)
        {
            (int segment, int start, int end) = _chunks[index];
            _norms[index] = _optimizer.Prepare(
                ref memory.At(memory.Parameters + start),
                ref memory.At(memory.Gradients + start),
                ref memory.At(memory.States + start),
                memory.StateStride,
                end - start,
                step with { WeightDecay = _segments[segment].Decay });
        }

        worker.Barrier();
        int known = -1;
        UpdateStep scaled = step;
        for (int index = from; index < to; index++)
        {
            (int segment, int start, int end) = _chunks[index];
            if (segment != known)
            {
                double rate = step.LearningRate * _segments[segment].Rate * Ratio(segment, index);
                scaled = step with { LearningRate = (float)rate, WeightDecay = _segments[segment].Decay };
                known = segment;
            }

            Update(memory, start, end, scaled);
        }
    }

    /// <summary>|w| / |u| of a segment, its chunks added in their order.</summary>
    private double Ratio(int segment, int chunk)
    {
        while (chunk > 0 && _chunks[chunk - 1].Segment == segment)
            chunk--;
        double parameters = 0;
        double direction = 0;
        for (; chunk < _chunks.Length && _chunks[chunk].Segment == segment; chunk++)
        {
            parameters += _norms[chunk].Parameters;
            direction += _norms[chunk].Direction;
        }

        return parameters > 0 && direction > 0 ? Math.Sqrt(parameters) / Math.Sqrt(direction) : 1;
    }

    private void Update(TrainerMemory memory, int start, int end, in UpdateStep step)
    {
        _optimizer.Update(
            ref memory.At(memory.Parameters + start),
            ref memory.At(memory.Gradients + start),
            ref memory.At(memory.States + start),
            memory.StateStride,
            end - start,
            step);
        if (_padding is null)
            return;
        _padding.Clear(memory, memory.Parameters, start, end);
        for (int state = 0; state < _optimizer.StateCount; state++)
            _padding.Clear(memory, memory.States + ((long)state * memory.StateStride), start, end);
    }
}
