using Cnn.CompilerServices;

namespace Cnn;

/// <summary>The loss of predictions, over any number of batches: what training would have minimised, without a gradient and an update.</summary>
/// <remarks>
/// <code>
/// LossMeter meter = new(network, Loss.CrossEntropy(), batchSize: 100);
/// predictor.Predict(images, outputs);
/// meter.Add(outputs, [labels]);
/// Console.WriteLine(meter.Mean);
/// </code>
/// Each mean is over all images that were added, and so does not depend on batches; of a loss of one's own it is the mean of the batches' means, each
/// weighing as its images.
/// </remarks>
public sealed class LossMeter
{
    private readonly OutputPort[] _ports;
    private readonly OutputLoss[] _losses;
    private readonly double[] _factors;
    private readonly double[] _sums;
    private readonly double[] _terms;
    private readonly float[] _outputs;
    private readonly float[] _gradients;
    private readonly int _length;
    private readonly int _batchSize;

    /// <summary>With nothing added yet.</summary>
    /// <param name="network">Whose outputs will come.</param>
    /// <param name="loss">Of its only output, or <see cref="Loss.Each"/>.</param>
    /// <param name="batchSize">The most images at once, at least 1.</param>
    /// <exception cref="ArgumentException">The loss does not fit the outputs.</exception>
    public LossMeter(INetwork network, Loss loss, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        _ports = [.. network.Outputs.Select(PortOf)];
        _losses = TrainerOutputs.LossesOf(_ports, loss, batchSize);
        _factors = [.. loss is EachLoss each ? each.Losses.Select(static one => one?.Factor ?? 1) : [loss.Factor]];
        _sums = new double[_ports.Length];
        _terms = new double[_ports.Length];
        _length = network.OutputLength;
        _batchSize = batchSize;
        int longest = batchSize * _ports.Max(static port => port.Length);
        _outputs = new float[_ports.Any(IsLast) ? longest : 0];
        _gradients = new float[longest];
    }

    /// <summary>The sum of the outputs' means; 0 where nothing counted.</summary>
    public double Mean => Enumerable.Range(0, _ports.Length).Sum(MeanOf);

    /// <summary>The mean of one output, with its factor; 0 where nothing of it counted.</summary>
    /// <param name="output">Which output, in their order.</param>
    public double MeanOf(int output) => _terms[output] == 0 ? 0 : _factors[output] * _sums[output] / _terms[output];

    /// <summary>Forgets what was added.</summary>
    public void Reset()
    {
        Array.Clear(_sums);
        Array.Clear(_terms);
    }

    /// <summary>Adds a batch.</summary>
    /// <param name="outputs">As <see cref="IPredictor.Predict"/> gives them: port after port, each with all images.</param>
    /// <param name="targets">What each output should be; one that is left out does not count.</param>
    /// <exception cref="ArgumentException">A length or a kind does not fit, a label is no class, or a target is not finite.</exception>
    public void Add(ReadOnlySpan<float> outputs, TargetSet targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        int images = outputs.Length / _length;
        if (images == 0 || images > _batchSize || images * _length != outputs.Length)
        {
            throw new ArgumentException($"{CountFormat.Of(outputs.Length, "output")} were given; an image has {_length}, and a batch at most "
                + $"{CountFormat.Of(_batchSize, "image")}.", nameof(outputs));
        }

        if (targets.Count != _ports.Length)
        {
            throw new ArgumentException($"{CountFormat.Of(targets.Count, "target was", "targets were")} given; the network has "
                + $"{CountFormat.Of(_ports.Length, "output")}: give one for each, OutputTarget.None for those that are left out.", nameof(targets));
        }

        for (int port = 0; port < _ports.Length; port++)
        {
            int length = images * _ports[port].Length;
            _losses[port].Take(targets[port].Target, images, nameof(targets));
            (double sum, double terms) = _losses[port].Sum(ChannelsFirst(_ports[port], outputs[..length]), _gradients.AsSpan(0, length));
            _sums[port] += sum;
            _terms[port] += terms;
            outputs = outputs[length..];
        }
    }

    private static bool IsLast(OutputPort port) => port.Layout == DataLayout.ChannelsLast && port.Positions > 1;

    /// <summary>An activation before the loss is a matter of the training: what the trainer takes is taken here too.</summary>
    private static OutputPort PortOf(Port port)
    {
        int channels = port.Layout == DataLayout.ChannelsLast ? port.Shape[^1] : port.Shape[0];
        return new OutputPort(port.Name, channels, port.Length / channels, OutputActivation.Other, port.Layout);
    }

    private ReadOnlySpan<float> ChannelsFirst(OutputPort port, ReadOnlySpan<float> outputs)
    {
        if (!IsLast(port))
            return outputs;
        ChannelOrder.ToFirst(outputs, _outputs.AsSpan(0, outputs.Length), port.Channels, port.Positions);
        return _outputs.AsSpan(0, outputs.Length);
    }
}
