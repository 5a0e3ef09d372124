using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cnn;

/// <summary>Some of a network's parameters, for one step of an <see cref="ElementWiseOptimizer"/>; all spans have the same length.</summary>
public readonly ref struct UpdateBlock
{
    private readonly ref float _states;
    private readonly nint _stride;
    private readonly int _stateCount;

    internal UpdateBlock(ref float parameters, ref float gradients, ref float states, nint stride, int stateCount, int count, UpdateStep step)
    {
        Parameters = MemoryMarshal.CreateSpan(ref parameters, count);
        Gradients = MemoryMarshal.CreateReadOnlySpan(ref gradients, count);
        _states = ref states;
        _stride = stride;
        _stateCount = stateCount;
        Step = step.Number;
        LearningRate = step.LearningRate;
        WeightDecay = step.WeightDecay;
    }

    /// <summary>The parameters, to be updated in place.</summary>
    public Span<float> Parameters { get; }

    /// <summary>The gradient of the mean loss by each of them.</summary>
    public ReadOnlySpan<float> Gradients { get; }

    /// <summary>Which step this is, from 1.</summary>
    public long Step { get; }

    /// <summary>The learning rate of these parameters: the optimiser's as it is now, times the factors of their groups.</summary>
    public float LearningRate { get; }

    /// <summary>The weight decay of these parameters: the optimiser's, or that of their group. The rule applies it.</summary>
    public float WeightDecay { get; }

    /// <summary>A state of each of the parameters, to be updated in place; 0 before the first step.</summary>
    /// <param name="index">Which, in the order in which the optimiser named them.</param>
    /// <exception cref="ArgumentOutOfRangeException">The optimiser named fewer.</exception>
    public Span<float> State(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _stateCount);
        return MemoryMarshal.CreateSpan(ref Unsafe.Add(ref _states, index * _stride), Parameters.Length);
    }
}
