namespace Cnn;

/// <summary>One tensor of a network, in PyTorch's layout.</summary>
public sealed class Parameter
{
    private readonly int[] _shape;
    private readonly float[] _values;

    internal Parameter(string name, int[] shape, bool isTrainable)
    {
        Name = name;
        _shape = shape;
        IsTrainable = isTrainable;
        int length = 1;
        foreach (int axis in shape)
            length *= axis;
        _values = new float[length];
    }

    /// <summary>The name, as <c>conv1.weight</c>.</summary>
    public string Name { get; }

    /// <summary>The shape, as <c>[out, in, height, width]</c> for a convolution's weight.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>False for running statistics and for parameters of frozen layers.</summary>
    public bool IsTrainable { get; }

    /// <summary>The numbers. Take the span anew after a training step; what is written into it before the next step is used by that step.</summary>
    public Span<float> Values
    {
        get
        {
            Owner?.BeforeAccess(this);
            return _values;
        }
    }

    /// <summary>The trainer at work on the network, which keeps newer values in its own layout; null without one.</summary>
    internal IParameterOwner? Owner { get; set; }

    /// <summary>The numbers as they were last brought into PyTorch's layout, without asking the owner.</summary>
    internal float[] Storage => _values;
}

/// <summary>A trainer, as a parameter sees it.</summary>
internal interface IParameterOwner
{
    /// <summary>Brings the parameter's storage up to date, and remembers that the user may write into it.</summary>
    void BeforeAccess(Parameter parameter);
}
