using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>The numbers of a local response normalisation, and its sums over windows of neighbouring channels.</summary>
/// <remarks>
/// A position's squares are written to scratch memory with zeros on both sides, so that a window is a few unaligned loads and no channel is special. The
/// order of a sum is the order of its channels.
/// </remarks>
internal readonly struct LocalResponse(nint channels, nint pitch, nint size, float alpha, float beta, float k)
{
    private readonly float _share = alpha / size;
    private readonly float _beta = beta;
    private readonly float _k = k;

    /// <summary>Channels of a window before its centre, as in PyTorch: size / 2.</summary>
    public nint Before { get; } = size / 2;

    /// <summary>Channels of a window behind its centre: (size - 1) / 2.</summary>
    public nint After { get; } = (size - 1) / 2;

    /// <summary>2 alpha / size · beta, the factor of the gradient's second part.</summary>
    public float GradientFactor => 2 * _share * _beta;

    /// <summary>k + alpha / size · Σ of the window's squares.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Scale<TSimd, TVector>(ref float squares, nint channel)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        => TSimd.MultiplyAdd(WindowSum<TSimd, TVector>(ref squares, channel), TSimd.Create(_share), TSimd.Create(_k));

    /// <summary>Σ of so many channels as a window has, from <paramref name="first"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector WindowSum<TSimd, TVector>(ref float values, nint first)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector sum = TSimd.Load(ref values, first);
        for (nint j = 1; j <= Before + After; j++)
            sum = TSimd.Add(sum, TSimd.Load(ref values, first + j));
        return sum;
    }

    /// <summary>scale to the power of -beta. The usual beta of ¾ needs no logarithm: 1 / (√scale √√scale).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector InversePower<TSimd, TVector>(TVector scale)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        if (_beta != 0.75f)
            return Functions.Exp<TSimd, TVector>(TSimd.Multiply(TSimd.Create(-_beta), Functions.Log<TSimd, TVector>(scale)));
        TVector root = TSimd.Sqrt(scale);
        return TSimd.Divide(TSimd.Create(1f), TSimd.Multiply(root, TSimd.Sqrt(root)));
    }

    /// <summary>Zeros on both sides of a position in scratch memory.</summary>
    /// <param name="scratch">[before + pitch + after].</param>
    /// <param name="before">Zeros in front.</param>
    /// <param name="after">Zeros behind.</param>
    public void ClearMargins(ref float scratch, nint before, nint after)
    {
        ElementWise.Clear(ref scratch, before);
        ElementWise.Clear(ref Unsafe.Add(ref scratch, before + pitch), after);
    }

    /// <summary>The squares of a position, the padding 0, behind the zeros in front.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Square<TSimd, TVector>(ref float x, ref float squares)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (nint c = 0; c < pitch; c += TSimd.Lanes)
        {
            TVector value = TSimd.And(EightLanes.Mask<TSimd, TVector>(c, c % EightLanes.Count, channels), TSimd.Load(ref x, c));
            TSimd.Store(TSimd.Multiply(value, value), ref squares, Before + c);
        }
    }
}
