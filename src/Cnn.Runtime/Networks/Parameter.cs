namespace Cnn;

/// <summary>One tensor of a network, in PyTorch's layout: a weight, a bias or a running statistic.</summary>
/// <remarks>
/// Belongs to its network. While a trainer is alive, that trainer keeps newer numbers in a layout of its own; <see cref="Values"/> fetches them.
/// </remarks>
public sealed class Parameter
{
    private readonly int[] _shape;
    private float[] _values;

    internal Parameter(string name, int[] shape, bool isTrainable)
    {
        Name = name;
        _shape = shape;
        IsTrainable = isTrainable;
        int length = 1;
        foreach (int axis in shape)
            length = checked(length * axis);
        _values = new float[length];
    }

    /// <summary>The layer's name and PyTorch's name of the tensor in it, as <c>conv1.weight</c>.</summary>
    public string Name { get; }

    /// <summary>The axes, as <c>[out, in / groups, height, width]</c> for a convolution's weight and <c>[out, in]</c> for a linear layer's.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>The number of elements: the product of <see cref="Shape"/>.</summary>
    public int Length => _values.Length;

    /// <summary>False for running statistics and for parameters of frozen layers.</summary>
    public bool IsTrainable { get; }

    /// <summary>The numbers, <see cref="Length"/> of them, the last axis of <see cref="Shape"/> the fastest.</summary>
    /// <remarks>
    /// Take the span anew after a training step; what is written into it before the next step is used by that step. Each reading of this
    /// property makes the next step pack the parameter anew, so keep the span rather than reading the property in a loop.
    /// </remarks>
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

    /// <summary>
    /// Takes an array as its own instead of copying it. Only for a parameter that nobody has seen yet: spans taken before go on to show the old
    /// array.
    /// </summary>
    /// <param name="values"><see cref="Length"/> numbers.</param>
    internal void Adopt(float[] values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, Length);
        _values = values;
    }
}

/// <summary>A trainer, as a parameter sees it.</summary>
internal interface IParameterOwner
{
    /// <summary>Brings the parameter's storage up to date, and remembers that the user may write into it.</summary>
    void BeforeAccess(Parameter parameter);
}
