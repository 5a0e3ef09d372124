using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>What a parameter starts as.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum ParameterStart
{
    /// <summary>0.</summary>
    Zero,

    /// <summary>1.</summary>
    One,

    /// <summary>0.25.</summary>
    Quarter,

    /// <summary><see cref="ParameterDefinition.Value"/>.</summary>
    Constant,

    /// <summary>Uniform in plus or minus 1 / sqrt(fan in).</summary>
    UniformFanIn,
}

/// <summary>A parameter as the generator defines it.</summary>
/// <param name="Name">As <c>conv1.weight</c>.</param>
/// <param name="Shape">PyTorch's shape.</param>
/// <param name="IsTrainable">Whether a trainer updates it.</param>
/// <param name="Start">What it starts as.</param>
/// <param name="FanIn">Inputs of one output, for <see cref="ParameterStart.UniformFanIn"/>.</param>
/// <param name="Offset">Where a trainer packs it, in floats from the start of the trainable parameters or of the others.</param>
/// <param name="Packing">How a trainer packs it.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record ParameterDefinition(string Name, int[] Shape, bool IsTrainable, ParameterStart Start, int FanIn, int Offset, WeightPacking Packing)
{
    /// <summary>What each element starts as, for <see cref="ParameterStart.Constant"/>.</summary>
    public float Value { get; init; }
}
