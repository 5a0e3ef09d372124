using System.Globalization;

namespace Cnn.CompilerServices;

/// <summary>One output of a trainer: its loss, and what it should have been in the pass at hand.</summary>
internal sealed unsafe class OutputLoss
{
    private readonly OutputPort _port;
    private readonly Loss? _loss;
    private readonly double _factor;
    private readonly int _capacity;
    private readonly string? _messageName;
    private readonly (string One, string Many) _labelNoun;
    private readonly (string One, string Many) _valueNoun;
    private readonly double[] _imageLosses;
    private readonly int[] _labels;
    private float[] _values = [];
    private float[] _weights = [];
    private float[] _callersOutputs = [];
    private float[] _callersGradients = [];
    private int _valueCount;
    private int _weightCount;
    private int _images;
    private bool _isGiven;
    private bool _hasLabels;
    private double _terms;
    private double[] _ofEach = [];

    /// <summary>An output and what is minimised there.</summary>
    /// <param name="port">The output.</param>
    /// <param name="loss">Its loss; null where it is not trained.</param>
    /// <param name="capacity">The most images of a pass.</param>
    /// <param name="isAlone">Whether there is no other, so that messages need not name it.</param>
    public OutputLoss(OutputPort port, Loss? loss, int capacity, bool isAlone)
    {
        _port = port;
        _loss = loss?.Inner;
        _factor = loss?.Factor ?? 1;
        _capacity = capacity;
        _messageName = isAlone ? null : port.Name;
        string of = isAlone ? string.Empty : $" of '{port.Name}'";
        _labelNoun = ("label" + of, "labels" + of);
        _valueNoun = ("target float" + of, "target floats" + of);
        _imageLosses = new double[capacity];
        _labels = new int[_loss is { TakesLabels: true } ? capacity * port.Positions : 0];
        _loss?.CheckChannels(port.Channels, port.Name);
        CheckActivation();
    }

    /// <summary>Those of this batch; none where it has values.</summary>
    private int[] Labels => _hasLabels ? _labels : [];

    private LossBatch Batch => new(_images, _port.Channels, _port.Positions);

    /// <summary>Whether the caller's numbers lie in the order in which they are compared with the outputs.</summary>
    private bool IsAsGiven => _port.Layout == DataLayout.ChannelsFirst || _port.Positions == 1 || _loss is CustomLoss;

    /// <summary>Target values that the caller keeps in place during the pass; null where they were copied.</summary>
    public float* Pinned { private get; set; }

    /// <summary>Whether target values need no copy where they stay in place.</summary>
    public bool ReadsInPlace => IsAsGiven;

    /// <summary>Checks labels, and copies them.</summary>
    /// <param name="labels">As the caller gave them.</param>
    /// <param name="images">The images that came with them.</param>
    /// <param name="parameter">What the caller's argument is called.</param>
    /// <param name="weights">Checked weights; none where all weigh 1.</param>
    public void Take(ReadOnlySpan<int> labels, int images, string parameter, ReadOnlySpan<float> weights = default)
    {
        _loss!.CheckTakesLabels();
        InputCheck.Length(labels.Length, images * _port.Positions, parameter, _labelNoun.One, _labelNoun.Many);
        Loss.CheckLabels(labels, _port.Channels, _port.Positions, _loss.IgnoredLabel, _messageName);
        labels.CopyTo(_labels);
        _hasLabels = true;
        Begin(images, weights);
    }

    /// <summary>Checks target values, and copies them unless they stay in place.</summary>
    /// <param name="values">As the caller gave them.</param>
    /// <param name="images">The images that came with them.</param>
    /// <param name="parameter">What the caller's argument is called.</param>
    /// <param name="staysInPlace">Whether <see cref="Pinned"/> will point to them.</param>
    /// <param name="weights">Checked weights; none where all weigh 1.</param>
    public void Take(ReadOnlySpan<float> values, int images, string parameter, bool staysInPlace, ReadOnlySpan<float> weights = default)
    {
        CheckValues(values, images, parameter);
        _hasLabels = false;
        _valueCount = values.Length;
        if (!staysInPlace)
            Copy(values, images);
        Begin(images, weights);
    }

    /// <summary>Checks a target, and copies it.</summary>
    /// <param name="target">As the caller gave it.</param>
    /// <param name="images">The images that came with it.</param>
    /// <param name="parameter">What the caller's argument is called.</param>
    public void Take(Target target, int images, string parameter)
    {
        _isGiven = target.IsGiven && _loss is not null;
        if (!_isGiven)
            return;
        CheckWeights(target.Weights, images, parameter);
        if (target.IsLabels)
            Take(target.Labels, images, parameter, target.Weights);
        else
            Take(target.Values, images, parameter, staysInPlace: false, target.Weights);
    }

    /// <summary>The loss of a micro-batch, and its gradient by this output; each worker does some of the images.</summary>
    /// <param name="worker">Who this is.</param>
    /// <param name="first">The micro-batch's first image within the batch.</param>
    /// <param name="images">The micro-batch's images.</param>
    /// <param name="outputs">Of all images of the batch, channels first.</param>
    /// <param name="gradient">Receives the gradient of the batch's loss, likewise.</param>
    public void Evaluate(in Worker worker, int first, int images, ReadOnlySpan<float> outputs, Span<float> gradient)
    {
        worker.Range(images, out int from, out int to);
        if (!_isGiven)
            gradient[((first + from) * _port.Length)..((first + to) * _port.Length)].Clear();
        else if (_loss is CustomLoss custom)
            EvaluateCustomAlone(custom, worker, first, images, outputs, gradient);
        else if (from != to)
            _loss!.EvaluateImages(Pass(outputs, gradient), first + from, first + to, _imageLosses);
    }

    /// <summary>Learns what the mean is taken over.</summary>
    /// <param name="division">The batch.</param>
    public void Weigh(BatchDivision division)
    {
        if (!_isGiven)
            return;
        Grow(ref _ofEach, division.MicroBatches);
        Span<double> terms = _ofEach.AsSpan(0, division.MicroBatches);
        for (int index = 0; index < terms.Length; index++)
        {
            int first = index * division.MicroBatch;
            int images = Math.Min(division.MicroBatch, _images - first);
            terms[index] = _loss!.Terms(new LossBatch(images, _port.Channels, _port.Positions), Part(Labels, first, images, _port.Positions),
                _weightCount == 0 ? default : Part(_weights, first, images, _weightCount / _images));
        }

        _terms = division.Sum(terms);
    }

    /// <summary>The mean loss of the batch, times its factor: the sums of the micro-batches are added in their order.</summary>
    /// <param name="division">The batch.</param>
    public double Mean(BatchDivision division)
    {
        if (!_isGiven)
            return 0;
        Span<double> sums = _ofEach.AsSpan(0, division.MicroBatches);
        sums.Clear();
        for (int image = 0; image < _images; image++)
            sums[image / division.MicroBatch] += _imageLosses[image];
        double sum = division.Sum(sums);
        return _terms == 0 ? 0 : _factor * (sum / _terms);
    }

    /// <summary>The sum of all images without its factor, and what it is to be divided by, for who only measures.</summary>
    /// <param name="outputs">Of all images, channels first.</param>
    /// <param name="gradient">Receives the gradient, likewise.</param>
    /// <returns>Nothing of either where the output was left out.</returns>
    public (double Sum, double Terms) Sum(ReadOnlySpan<float> outputs, Span<float> gradient)
    {
        if (!_isGiven)
            return (0, 0);
        _terms = _loss!.Terms(Batch, Part(Labels, 0, _images, _port.Positions), _weights.AsSpan(0, _weightCount));
        if (_loss is CustomLoss custom)
            EvaluateCustom(custom, 0, _images, outputs, gradient);
        else
            _loss.EvaluateImages(Pass(outputs, gradient), 0, _images, _imageLosses);
        double sum = 0;
        foreach (double image in _imageLosses.AsSpan(0, _images))
            sum += image;
        return (sum, _terms);
    }

    private LossPass Pass(ReadOnlySpan<float> outputs, Span<float> gradient) => new()
    {
        Outputs = outputs,
        Labels = _labels.AsSpan(0, _hasLabels ? _images * _port.Positions : 0),
        Values = Values(),
        Weights = _weights.AsSpan(0, _weightCount),
        Gradient = gradient,
        Batch = Batch,
        Scale = _terms == 0 ? 0 : _factor * (1 / _terms),
    };

    private ReadOnlySpan<float> Values()
    {
        if (_hasLabels)
            return default;
        return Pinned is null ? _values.AsSpan(0, _valueCount) : new ReadOnlySpan<float>(Pinned, _valueCount);
    }

    private void EvaluateCustomAlone(CustomLoss custom, in Worker worker, int first, int images, ReadOnlySpan<float> outputs, Span<float> gradient)
    {
        if (worker.Index == 0)
            EvaluateCustom(custom, first, images, outputs, gradient);
    }

    /// <summary>The user's function sees whole micro-batches, as the caller's numbers lie; each weighs as its images.</summary>
    private void EvaluateCustom(CustomLoss custom, int first, int images, ReadOnlySpan<float> allOutputs, Span<float> allGradients)
    {
        ReadOnlySpan<float> outputs = allOutputs.Slice(first * _port.Length, images * _port.Length);
        Span<float> gradient = allGradients.Slice(first * _port.Length, images * _port.Length);
        int perImage = _valueCount / _images;
        ReadOnlySpan<float> values = Values().Slice(first * perImage, images * perImage);
        float mean;
        if (_port.Layout == DataLayout.ChannelsFirst || _port.Positions == 1)
        {
            gradient.Clear();
            mean = custom.Function(outputs, values, gradient);
        }
        else
        {
            Grow(ref _callersOutputs, _capacity * _port.Length);
            Grow(ref _callersGradients, _capacity * _port.Length);
            Span<float> callersOutputs = _callersOutputs.AsSpan(0, outputs.Length);
            Span<float> callersGradients = _callersGradients.AsSpan(0, outputs.Length);
            callersGradients.Clear();
            ChannelOrder.ToLast(outputs, callersOutputs, _port.Channels, _port.Positions);
            mean = custom.Function(callersOutputs, values, callersGradients);
            ChannelOrder.ToFirst(callersGradients, gradient, _port.Channels, _port.Positions);
        }

        // As if each image had the mean for its loss; of the micro-batch the first has it all.
        _imageLosses.AsSpan(first, images).Clear();
        _imageLosses[first] = (double)mean * images;
        double scale = images / _terms * _factor;
        for (int index = 0; index < gradient.Length && scale != 1; index++)
            gradient[index] = (float)(gradient[index] * scale);
    }

    private void Begin(int images, ReadOnlySpan<float> weights)
    {
        _isGiven = true;
        _images = images;
        _weightCount = weights.Length;
        if (!weights.IsEmpty)
        {
            Grow(ref _weights, _capacity * _port.Positions);
            weights.CopyTo(_weights);
        }
    }

    private static ReadOnlySpan<T> Part<T>(T[] values, int first, int images, int perImage) =>
        values.Length == 0 ? default : values.AsSpan(first * perImage, images * perImage);

    private void CheckValues(ReadOnlySpan<float> values, int images, string parameter)
    {
        if (!_loss!.TakesProbabilities || values.Length != images * _port.Length)
            _loss.CheckTakesTargets();
        int perImage = _port.Length;
        if (_loss is CustomLoss && values.Length != images * perImage)
        {
            perImage = images == 0 ? 0 : values.Length / images;
            if (perImage * images != values.Length || perImage == 0)
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{CountFormat.Of(values.Length, _valueNoun.One, _valueNoun.Many)} were given; "
                        + $"the loss '{_loss.Name}' takes as many for each of the {images} inputs."),
                    parameter);
            }
        }
        else
        {
            InputCheck.Length(values.Length, images * perImage, parameter, _valueNoun.One, _valueNoun.Many);
        }

        InputCheck.Finite(values, perImage, parameter);
    }

    private void CheckWeights(ReadOnlySpan<float> weights, int images, string parameter)
    {
        _loss!.CheckWeights(weights.Length, new LossBatch(images, _port.Channels, _port.Positions), parameter);
        for (int index = 0; index < weights.Length; index++)
        {
            if (!(weights[index] >= 0) || !float.IsFinite(weights[index]))
            {
                string of = _messageName is null ? string.Empty : $" of '{_messageName}'";
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Weight {index}{of} is {weights[index]}: give finite numbers of at least 0."), parameter);
            }
        }
    }

    private void Copy(ReadOnlySpan<float> values, int images)
    {
        if (images == 0)
            return;
        Grow(ref _values, Math.Max(values.Length, _capacity * (values.Length / images)));
        if (IsAsGiven)
            values.CopyTo(_values);
        else
            ChannelOrder.ToFirst(values, _values.AsSpan(0, values.Length), _port.Channels, _port.Positions);
    }

    private void CheckActivation()
    {
        bool doubled = _loss switch
        {
            { ContainsSoftmax: true } => _port.Activation is OutputActivation.Softmax or OutputActivation.LogSoftmax,
            { ContainsSigmoid: true } => _port.Activation is OutputActivation.Sigmoid,
            _ => false,
        };
        if (doubled)
        {
            string what = _messageName is null ? "The network" : $"The output '{_messageName}'";
            throw new ArgumentException(
                $"{what} ends in {_port.Activation}, which {_loss!.Name} contains already: it would be applied twice. Remove the layer, "
                + "and apply it to the predictor's outputs where you need it.",
                "loss");
        }
    }

    private static void Grow<T>(ref T[] array, int length)
    {
        if (array.Length < length)
            array = new T[length];
    }
}
