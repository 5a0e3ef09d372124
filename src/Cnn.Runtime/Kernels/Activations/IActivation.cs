using System.ComponentModel;

namespace Cnn.CompilerServices;

/// <summary>An element-wise activation y = f(x) and its derivative, usable alone or inside the kernel that produces x.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IActivation
{
    /// <summary>True where <see cref="Backward"/> takes the activation's output, false where it takes its input.</summary>
    static abstract bool UsesOutput { get; }

    /// <summary>f(x) in every lane.</summary>
    TVector Forward<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;

    /// <summary>f'(x) dy in every lane.</summary>
    /// <param name="dy">Gradient of the output.</param>
    /// <param name="saved">The output y where <see cref="UsesOutput"/>, else the input x.</param>
    TVector Backward<TSimd, TVector>(TVector dy, TVector saved)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;
}
