namespace Cnn.CompilerServices;

/// <content>Passes over a batch, with inputs and targets that come together or port by port.</content>
public abstract unsafe partial class TrainerCore
{
    /// <summary>Takes the input of one port; the first sets the number of images, and begins anew.</summary>
    /// <param name="port">Which, from 0 on and in this order.</param>
    /// <param name="values">Its images, one after the other.</param>
    /// <param name="name">What the caller's argument is called.</param>
    /// <exception cref="ArgumentException">The length does not fit, or a number is not finite.</exception>
    protected void TakeInput(int port, ReadOnlySpan<float> values, string name)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Span<float> place = _inputPorts.Take(port, values.Length, name);
        InputCheck.Finite(values, _layout.InputLengths[port], name);
        values.CopyTo(place);
    }

    /// <summary>Takes the input of one port as bytes, whose values become floats.</summary>
    /// <inheritdoc cref="TakeInput(int, ReadOnlySpan{float}, string)"/>
    protected void TakeInput(int port, ReadOnlySpan<byte> values, string name)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ByteConversion.Widen(values, _inputPorts.Take(port, values.Length, name));
    }

    /// <summary>Takes the target of one output, for the images of the inputs that were taken.</summary>
    /// <param name="port">Which.</param>
    /// <param name="target">Labels, values or nothing.</param>
    /// <param name="name">What the caller's argument is called.</param>
    /// <exception cref="ArgumentException">The target does not fit the output or its loss.</exception>
    protected void TakeTarget(int port, Target target, string name) => _outputs.Take(port, target, _inputPorts.TakenImages, name);

    /// <summary>Forward, backward and update on what was taken.</summary>
    /// <returns>The loss before the update.</returns>
    protected float StepTaken() => RunWithLoss(_inputPorts.TakenImages, _inputPorts.Taken, Work.Step);

    /// <summary>Forward and backward on what was taken.</summary>
    /// <returns>The loss.</returns>
    protected float ForwardBackwardTaken() => RunWithLoss(_inputPorts.TakenImages, _inputPorts.Taken, Work.ForwardBackward);

    /// <summary>The forward pass on the inputs that were taken.</summary>
    /// <returns>The outputs.</returns>
    protected ReadOnlySpan<float> ForwardTaken()
    {
        RunForward(_inputPorts.TakenImages, _inputPorts.Taken);
        return _outputs.Shown();
    }

    private int CheckInputs(ReadOnlySpan<float> inputs)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _inputPorts.Check(inputs);
    }

    private float RunOn(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Work work)
    {
        int images = CheckInputs(inputs);
        _outputs.Only(nameof(labels)).Take(labels, images, nameof(labels));
        return RunWithLoss(images, inputs, work);
    }

    private float RunOn(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, Work work)
    {
        int images = CheckInputs(inputs);
        OutputLoss output = _outputs.Only(nameof(targets));
        output.Take(targets, images, nameof(targets), output.ReadsInPlace);
        if (!output.ReadsInPlace)
            return RunWithLoss(images, inputs, work);
        fixed (float* target = targets)
        {
            output.Pinned = target;
            try
            {
                return RunWithLoss(images, inputs, work);
            }
            finally
            {
                output.Pinned = null;
            }
        }
    }

    private float RunOn(ReadOnlySpan<float> inputs, TargetSet targets, Work work)
    {
        int images = CheckInputs(inputs);
        _outputs.Take(targets, images, nameof(targets));
        return RunWithLoss(images, inputs, work);
    }
}
