using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>The sum as it is.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Unchanged : IEpilogue
{
    /// <inheritdoc/>
    public static bool ReadsResidual => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Of<TSimd, TVector>(TVector sum, TVector residual)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => sum;
}
