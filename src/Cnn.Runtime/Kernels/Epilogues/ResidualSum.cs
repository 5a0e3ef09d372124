using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Cnn.CompilerServices;

/// <summary>The sum plus the residual.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ResidualSum : IEpilogue
{
    /// <inheritdoc/>
    public static bool ReadsResidual => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Of<TSimd, TVector>(TVector sum, TVector residual)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => TSimd.Add(sum, residual);
}
