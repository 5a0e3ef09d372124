namespace Cnn.CompilerServices;

/// <summary>
/// Two of the outputs along an axis that are computed together: those of sums, or those of differences of opposite points. Twelve vectors of a tile at a
/// time stay in registers, where all would not.
/// </summary>
internal interface IWinogradOutputPair
{
    /// <summary>The number of the first; the second is two further.</summary>
    static abstract int First { get; }

    /// <summary>Six points along an axis to the two outputs.</summary>
    /// <param name="m">The first point.</param>
    /// <param name="step">Floats from one point to the next.</param>
    /// <param name="first">Receives the first output.</param>
    /// <param name="second">The second, where <typeparamref name="TForm"/> has one.</param>
    static abstract void Interpolate<TSimd, TVector, TForm>(ref float m, nint step, out TVector first, out TVector second)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : struct, IWinogradForm;
}
