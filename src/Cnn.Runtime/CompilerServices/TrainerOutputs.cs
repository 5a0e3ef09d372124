using System.Globalization;

namespace Cnn.CompilerServices;

/// <summary>The outputs of a trainer, one after the other, each with the images of the pass: their losses, and how the caller sees them.</summary>
internal sealed class TrainerOutputs
{
    private readonly OutputPort[] _ports;
    private readonly OutputLoss[] _losses;
    private readonly TrainerMemory _memory;
    private readonly float[] _lossOfEach;
    private readonly int _imageLength;

    /// <summary>Outputs and their gradients as the caller sees them; empty where that is how they lie anyhow.</summary>
    private readonly float[] _shownOutputs;
    private readonly float[] _shownGradients;
    private bool _outputsAreShown;
    private bool _gradientsAreShown;

    /// <summary>Makes room for what the caller sees.</summary>
    /// <param name="ports">The outputs.</param>
    /// <param name="losses">Of each.</param>
    /// <param name="memory">Where outputs and gradients are.</param>
    /// <param name="capacity">The most images of a pass.</param>
    public TrainerOutputs(OutputPort[] ports, OutputLoss[] losses, TrainerMemory memory, int capacity)
    {
        _ports = ports;
        _memory = memory;
        _losses = losses;
        _lossOfEach = new float[ports.Length];
        _imageLength = ports.Sum(static port => port.Length);
        int shown = ports.Any(static port => port.Layout == DataLayout.ChannelsLast && port.Positions > 1) ? capacity * _imageLength : 0;
        _shownOutputs = new float[shown];
        _shownGradients = new float[shown];
    }

    /// <summary>The images of the last call.</summary>
    public int Images { get; private set; }

    /// <summary>What each output contributed to the last pass' loss.</summary>
    public ReadOnlySpan<float> LossOfEach => _lossOfEach;

    /// <summary>Whether target values of the only output need no copy where they stay in place.</summary>
    public bool ReadsInPlace => _losses.Length == 1 && _losses[0].ReadsInPlace;

    private int Length => Images * _imageLength;

    /// <summary>Takes a loss apart.</summary>
    /// <param name="ports">The outputs.</param>
    /// <param name="loss">Of the only output, or of each.</param>
    /// <param name="capacity">The most images of a pass.</param>
    /// <exception cref="ArgumentException">The loss does not fit the outputs.</exception>
    public static OutputLoss[] LossesOf(OutputPort[] ports, Loss loss, int capacity)
    {
        Loss?[] losses = Apart(ports, loss);
        return [.. ports.Select((port, index) => new OutputLoss(port, losses[index], capacity, ports.Length == 1))];
    }

    /// <summary>The only output.</summary>
    /// <exception cref="ArgumentException">There are several.</exception>
    public OutputLoss Only(string parameter)
    {
        if (_losses.Length == 1)
            return _losses[0];
        throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture,
                $"The network has {CountFormat.Of(_losses.Length, "output")} ({Names(_ports)}): pass a TargetSet with a target for each, "
                + $"or call the form of the trainer's class that has an argument for each."),
            parameter);
    }

    /// <summary>Checks and copies the target of an output.</summary>
    public void Take(int port, Target target, int images, string parameter) => _losses[port].Take(target, images, parameter);

    /// <summary>Checks and copies the targets of all outputs.</summary>
    public void Take(TargetSet targets, int images, string parameter)
    {
        ArgumentNullException.ThrowIfNull(targets, parameter);
        if (targets.Count != _losses.Length)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{CountFormat.Of(targets.Count, "target was", "targets were")} given; the network has {CountFormat.Of(_losses.Length, "output")} "
                    + $"({Names(_ports)}): give one for each, OutputTarget.None for those that are left out."),
                parameter);
        }

        for (int port = 0; port < _losses.Length; port++)
            _losses[port].Take(targets[port].Target, images, parameter);
    }

    /// <summary>A call with so many images begins: what was shown is out of date.</summary>
    public void Begin(int images)
    {
        Images = images;
        _outputsAreShown = false;
        _gradientsAreShown = false;
    }

    /// <summary>Learns what each mean is taken over: the sum over the micro-batches, in their order.</summary>
    /// <param name="division">The batch.</param>
    public void Weigh(BatchDivision division)
    {
        foreach (OutputLoss loss in _losses)
            loss.Weigh(division);
    }

    /// <summary>All losses of a micro-batch and their gradients; each worker does some of the images.</summary>
    /// <param name="worker">Who this is.</param>
    /// <param name="first">The micro-batch's first image within the batch.</param>
    /// <param name="images">The micro-batch's images.</param>
    public void Evaluate(in Worker worker, int first, int images)
    {
        int start = 0;
        for (int port = 0; port < _ports.Length; port++)
        {
            int length = Images * _ports[port].Length;
            Span<float> outputs = _memory.Slice(_memory.Outputs + start, length);
            _losses[port].Evaluate(worker, first, images, outputs, _memory.Slice(_memory.OutputGradients + start, length));
            start += length;
        }
    }

    /// <summary>The loss of the batch: the sum over the outputs.</summary>
    /// <param name="division">The batch.</param>
    public float Loss(BatchDivision division)
    {
        double sum = 0;
        for (int port = 0; port < _losses.Length; port++)
        {
            double mean = _losses[port].Mean(division);
            _lossOfEach[port] = (float)mean;
            sum += mean;
        }

        return (float)sum;
    }

    /// <summary>The outputs as the caller sees them.</summary>
    public ReadOnlySpan<float> Shown()
    {
        if (_shownOutputs.Length == 0)
            return _memory.Slice(_memory.Outputs, Length);
        if (!_outputsAreShown)
            Reorder(_memory.Slice(_memory.Outputs, Length), _shownOutputs, toLast: true);
        _outputsAreShown = true;
        return _shownOutputs.AsSpan(0, Length);
    }

    /// <summary>The gradients by the outputs as the caller sees them.</summary>
    public Span<float> ShownGradients()
    {
        if (_shownGradients.Length == 0)
            return _memory.Slice(_memory.OutputGradients, Length);
        if (!_gradientsAreShown)
            Reorder(_memory.Slice(_memory.OutputGradients, Length), _shownGradients, toLast: true);
        _gradientsAreShown = true;
        return _shownGradients.AsSpan(0, Length);
    }

    /// <summary>Sets all gradients to 0, for the caller to write.</summary>
    public void ClearGradients()
    {
        _memory.Slice(_memory.OutputGradients, Length).Clear();
        _shownGradients.AsSpan(0, _shownGradients.Length == 0 ? 0 : Length).Clear();
        _gradientsAreShown = true;
    }

    /// <summary>Brings the gradients that the caller wrote to where the backward pass reads them.</summary>
    public void TakeGradients()
    {
        if (_shownGradients.Length > 0)
            Reorder(_shownGradients.AsSpan(0, Length), _memory.Slice(_memory.OutputGradients, Length), toLast: false);
    }

    private static string Names(OutputPort[] ports) => string.Join(", ", ports.Select(static port => port.Name));

    private static Loss?[] Apart(OutputPort[] ports, Loss loss)
    {
        if (loss is EachLoss each)
        {
            if (each.Losses.Length == ports.Length)
                return each.Losses;
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"Loss.Each has {CountFormat.Of(each.Losses.Length, "loss", "losses")}, and the network has {CountFormat.Of(ports.Length, "output")} "
                    + $"({Names(ports)}): give one for each, in this order."),
                nameof(loss));
        }

        if (ports.Length == 1)
            return [loss];
        throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture,
                $"The network has {CountFormat.Of(ports.Length, "output")} ({Names(ports)}), and {loss.Name} is a loss of one: "
                + $"give Loss.Each with a loss for each, in this order."),
            nameof(loss));
    }

    private void Reorder(ReadOnlySpan<float> source, Span<float> target, bool toLast)
    {
        int start = 0;
        foreach (OutputPort port in _ports)
        {
            int length = Images * port.Length;
            ReadOnlySpan<float> from = source.Slice(start, length);
            Span<float> to = target.Slice(start, length);
            if (port.Layout == DataLayout.ChannelsFirst)
                from.CopyTo(to);
            else if (toLast)
                ChannelOrder.ToLast(from, to, port.Channels, port.Positions);
            else
                ChannelOrder.ToFirst(from, to, port.Channels, port.Positions);
            start += length;
        }
    }
}
