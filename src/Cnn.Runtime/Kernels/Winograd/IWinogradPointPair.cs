namespace Cnn.CompilerServices;

/// <summary>
/// Two of the six points along an axis that are computed together: 0 and ∞, or a point and its opposite, which share all but the last step. Twelve vectors
/// of a tile at a time stay in registers, where all 36 would not.
/// </summary>
internal interface IWinogradPointPair
{
    /// <summary>The number of the first.</summary>
    static abstract int First { get; }

    /// <summary>The number of the second.</summary>
    static abstract int Second { get; }

    /// <summary>Six inputs along an axis, at the two points.</summary>
    /// <param name="d">The first input.</param>
    /// <param name="step">Floats from one input to the next.</param>
    /// <param name="first">Receives what comes at the first point.</param>
    /// <param name="second">What comes at the second.</param>
    static abstract void Evaluate<TSimd, TVector>(ref float d, nint step, out TVector first, out TVector second)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;
}
