namespace Cnn.CompilerServices;

/// <summary>The vectors of <see cref="SimdPair{TSimd, TVector}"/>: the lower lanes and the higher.</summary>
internal readonly struct VectorPair<TVector>(TVector low, TVector high)
    where TVector : struct
{
    /// <summary>The first lanes.</summary>
    public readonly TVector Low = low;

    /// <summary>The lanes after them.</summary>
    public readonly TVector High = high;
}
