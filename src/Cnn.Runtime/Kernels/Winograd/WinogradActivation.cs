using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>The activations that a convolution does on its sums, in one form: min(high, max(low, max(slope · x, x))).</summary>
/// <param name="Low">The lower limit; -∞ for none.</param>
/// <param name="High">The upper limit; ∞ for none.</param>
/// <param name="Slope">The slope below 0, from 0 to 1; 1 for none.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct WinogradActivation(float Low, float High, float Slope)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal TVector Of<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector sloped = TSimd.MaxNative(TSimd.Multiply(x, TSimd.Create(Slope)), x);
        return TSimd.MinNative(TSimd.Create(High), TSimd.MaxNative(TSimd.Create(Low), sloped));
    }
}
