using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>
/// What is done to a finished sum before it is stored: the same in generated kernels, behind Winograd's tiles, in norms and in passes of its own.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IEpilogue
{
    /// <summary>Whether there is a residual.</summary>
    static abstract bool ReadsResidual { get; }

    /// <summary>What is stored, in every lane.</summary>
    /// <param name="sum">The finished sum.</param>
    /// <param name="residual">What stands at the same place of the residual map; anything where there is none.</param>
    TVector Of<TSimd, TVector>(TVector sum, TVector residual)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;
}
