using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>One after the other.</summary>
/// <param name="first">What is done to the sum.</param>
/// <param name="second">What is done to what comes of that.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Then<TFirst, TSecond>(TFirst first, TSecond second) : IEpilogue
    where TFirst : struct, IEpilogue
    where TSecond : struct, IEpilogue
{
    /// <inheritdoc/>
    public static bool ReadsResidual
    {
        // Kernels ask in their innermost loops: a call there would push every vector out of its register.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TFirst.ReadsResidual || TSecond.ReadsResidual;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Of<TSimd, TVector>(TVector sum, TVector residual)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => second.Of<TSimd, TVector>(first.Of<TSimd, TVector>(sum, residual), residual);
}
