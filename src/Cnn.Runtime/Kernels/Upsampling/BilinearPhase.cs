using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>The outputs o = scale · i + phase of one axis: all of them stand equally far from the elements around them.</summary>
/// <remarks>
/// (o + ½) / scale - ½ = i + (2 phase + 1 - scale) / (2 scale): for the first half of the phases that is before i, for the others behind it.
/// </remarks>
internal readonly struct BilinearPhase
{
    private readonly nint _step;

    public BilinearPhase(nint phase, nint scale)
    {
        nint twice = 2 * phase + 1 - scale;
        _step = twice < 0 ? -1 : 0;
        Next = (float)(twice - (2 * scale * _step)) / (2 * scale);
    }

    /// <summary>The weight of the second of the two elements.</summary>
    public float Next { get; }

    /// <summary>The two elements around output scale · i + phase. At the ends both are the same one.</summary>
    /// <param name="i">Which output of the phase.</param>
    /// <param name="length">Elements of the axis.</param>
    /// <param name="second">The second of them.</param>
    /// <returns>The first of them.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint Around(nint i, nint length, out nint second)
    {
        second = nint.Min(i + _step + 1, length - 1);
        return nint.Max(i + _step, 0);
    }
}
