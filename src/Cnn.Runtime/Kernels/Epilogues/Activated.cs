using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>f(sum).</summary>
/// <param name="activation">f, with its numbers.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Activated<TActivation>(TActivation activation) : IEpilogue
    where TActivation : struct, IActivation
{
    /// <inheritdoc/>
    public static bool ReadsResidual => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Of<TSimd, TVector>(TVector sum, TVector residual)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => activation.Forward<TSimd, TVector>(sum);
}
